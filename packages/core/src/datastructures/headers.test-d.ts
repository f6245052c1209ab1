import { expectTypeOf } from 'vitest';
import type { Environ, HeaderList } from '../protocol.ts';
import { EnvironHeaders } from './environ-headers.ts';
import { Headers } from './headers.ts';

const headers = new Headers({ 'Content-Length': 5, Vary: ['a', 'b'] });
new Headers([['A', 'b']]);
new Headers(new Map([['A', 1]]));
new Headers(new globalThis.Headers());
new Headers(headers);

expectTypeOf(headers.get('a')).toEqualTypeOf<string | undefined>();
expectTypeOf(headers.get('a', null)).toEqualTypeOf<string | null>();
expectTypeOf(headers.get('a', 0, { type: Number })).toEqualTypeOf<number>();
expectTypeOf(headers.get('a', null, { type: BigInt })).toEqualTypeOf<bigint | null>();
expectTypeOf(headers.getItem('a')).toEqualTypeOf<string>();
expectTypeOf(headers.getlist('a', { type: Number })).toEqualTypeOf<number[]>();
expectTypeOf(headers.pop()).toEqualTypeOf<readonly [name: string, value: string]>();
expectTypeOf(headers.pop('a')).toEqualTypeOf<string>();
expectTypeOf(headers.pop('a', null)).toEqualTypeOf<string | null>();
expectTypeOf(headers.toGatewayList()).toEqualTypeOf<HeaderList>();
expectTypeOf(headers.toFetch()).toEqualTypeOf<globalThis.Headers>();
for (const field of headers) expectTypeOf(field[1]).toEqualTypeOf<string>();
headers.add('Content-Disposition', 'attachment', { filename: 'a', size: 5, other: undefined });

// @ts-expect-error a value is text or a number: dates are written by httpDate
headers.set('Date', new Date());
// @ts-expect-error nothing to send
headers.set('A', undefined);
// @ts-expect-error several values are set by setlist
headers.set('A', ['b', 'c']);
// @ts-expect-error names are texts
headers.get(5);
// @ts-expect-error a converter, not the name of one
headers.get('a', 0, { type: 'number' });
// @ts-expect-error a converter takes text
headers.get('a', 0, { type: (value: number) => value });
// @ts-expect-error a pair has two parts
new Headers([['A']]);
// @ts-expect-error a parameter is text or a number
headers.add('A', 'b', { secure: true });
// @ts-expect-error pairs are not to be written to
for (const field of headers) field[1] = 'c';

const view = new EnvironHeaders({} as Environ);
expectTypeOf(view.get('a', 0, { type: Number })).toEqualTypeOf<number>();
expectTypeOf(view.set('a', 'b')).toEqualTypeOf<never>();
new Headers(view);
