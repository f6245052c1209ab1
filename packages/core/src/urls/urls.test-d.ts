import { MultiDict } from '../datastructures/multi-dict.ts';
import { dumpQuery } from './dump-query.ts';

dumpQuery({ a: 1, b: [true, null], c: undefined });
dumpQuery(new Map([['a', 'b']]));
dumpQuery(new MultiDict<string>());
dumpQuery(new URLSearchParams('a=b'));

// @ts-expect-error an object has no place in a query
dumpQuery({ a: { b: 1 } });
// @ts-expect-error nor has a date: choose how to write it
dumpQuery([['a', new Date()]]);
