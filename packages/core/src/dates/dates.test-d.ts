import { expectTypeOf } from 'vitest';
import { dumpAge, parseAge } from './age.ts';
import { httpDate } from './http-date.ts';
import { parseDate } from './parse-date.ts';

expectTypeOf(parseDate('')).toEqualTypeOf<Date | null>();
expectTypeOf(parseAge(null)).toEqualTypeOf<number | null>();
expectTypeOf(dumpAge(1)).toEqualTypeOf<string>();
expectTypeOf(dumpAge(null as number | null)).toEqualTypeOf<string | null>();

// @ts-expect-error a text is parsed first
httpDate('2020-01-01');
// @ts-expect-error a bigint is no number of seconds
dumpAge(1n);
