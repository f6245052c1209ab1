import { expectTypeOf } from 'vitest';
import { CallbackDict } from './callback-dict.ts';
import { CombinedMultiDict } from './combined-multi-dict.ts';
import { ImmutableMultiDict } from './immutable-multi-dict.ts';
import { iterMultiItems } from './iter-multi-items.ts';
import { MultiDict } from './multi-dict.ts';
import { TypeConversionDict } from './type-conversion-dict.ts';

const dict = new MultiDict<string>({ a: 'b', c: ['d', 'e'] });
new MultiDict<number>([['a', 1]]);
new MultiDict<string>(new URLSearchParams('a=b'));
new MultiDict<string>(dict);

expectTypeOf(new MultiDict()).toEqualTypeOf<MultiDict<string>>();
expectTypeOf(dict.get('a')).toEqualTypeOf<string | undefined>();
expectTypeOf(dict.get('a', null)).toEqualTypeOf<string | null>();
expectTypeOf(dict.get('a', 1, { type: Number })).toEqualTypeOf<number>();
expectTypeOf(dict.get('a', null, { type: (text) => new URL(text) })).toEqualTypeOf<URL | null>();
expectTypeOf(dict.getItem('a')).toEqualTypeOf<string>();
expectTypeOf(dict.getlist('a', { type: Number })).toEqualTypeOf<number[]>();
expectTypeOf(dict.toDict()).toEqualTypeOf<Record<string, string>>();
expectTypeOf(dict.toDict({ flat: false })).toEqualTypeOf<Record<string, string[]>>();
expectTypeOf(dict.pop('a', null)).toEqualTypeOf<string | null>();
for (const pair of dict) expectTypeOf(pair).toEqualTypeOf<[key: string, value: string]>();
for (const pair of iterMultiItems(dict)) expectTypeOf(pair[1]).toEqualTypeOf<string>();

// @ts-expect-error values are texts here
dict.add('a', 1);
// @ts-expect-error keys are texts
dict.get(1);
// @ts-expect-error one value is no list
dict.setlist('a', 5);
// @ts-expect-error the lists themselves are not to be changed
dict.find('a')?.push('b');
// @ts-expect-error values are texts here
new MultiDict<string>({ a: [1] });

const fixed = new ImmutableMultiDict<number>({ a: 1 });
expectTypeOf(fixed.get('a')).toEqualTypeOf<number | undefined>();
expectTypeOf(fixed.copy()).toEqualTypeOf<MultiDict<number>>();
expectTypeOf(fixed.set('a', 2)).toEqualTypeOf<never>();
// @ts-expect-error what cannot be changed does not stand in for what can
expectTypeOf<ImmutableMultiDict>().toExtend<MultiDict>();

const combined = new CombinedMultiDict([dict, new ImmutableMultiDict<string>()]);
expectTypeOf(combined.get('a')).toEqualTypeOf<string | undefined>();
expectTypeOf(combined.clear()).toEqualTypeOf<never>();
// @ts-expect-error the dictionaries have values of one type
new CombinedMultiDict<string>([fixed]);

const convertible: TypeConversionDict = new TypeConversionDict([['a', '1']]);
expectTypeOf(convertible.get('a', null, { type: Number })).toEqualTypeOf<number | null>();
const readOnly: ReadonlyMap<string, string> = convertible;
// @ts-expect-error a ReadonlyMap is not to be changed
readOnly.set('a', '2');

new CallbackDict([['a', 1]], (changed) =>
  expectTypeOf(changed).toEqualTypeOf<CallbackDict<string, number>>(),
);
// @ts-expect-error values are numbers here
new CallbackDict<string, number>().set('a', 'b');
