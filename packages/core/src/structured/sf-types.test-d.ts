import { expectTypeOf } from 'vitest';
import { dumpSfDictionary, dumpSfItem, dumpSfList } from './dump-sf.ts';
import { parseSfDictionary, parseSfItem, parseSfList } from './parse-sf.ts';
import { SfToken } from './sf-token.ts';
import type { SfBareItem, SfDictionary, SfItem, SfList } from './sf-types.ts';

expectTypeOf(parseSfItem('1')).toEqualTypeOf<SfItem | null>();
expectTypeOf(parseSfList('1')).toEqualTypeOf<SfList | null>();
expectTypeOf(parseSfDictionary('a=1')).toEqualTypeOf<SfDictionary | null>();
expectTypeOf<SfItem['value']>().toEqualTypeOf<SfBareItem>();

dumpSfItem(new SfToken('a'));
dumpSfList(['a', 1, ['b', { value: 2, params: { q: 0.5 } }]]);
dumpSfDictionary({ a: true, b: ['c'] });
dumpSfDictionary(new Map([['a', 1]]));

// @ts-expect-error null is no value of a structured field
dumpSfItem(null);
// @ts-expect-error lists do not nest deeper
dumpSfList([[['a']]]);
// @ts-expect-error a list is no item
dumpSfItem(['a']);
// @ts-expect-error the result is not to be changed
parseSfItem('1')!.params.set('a', 1);
