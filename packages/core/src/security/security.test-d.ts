import { expectTypeOf } from 'vitest';
import { constantTimeEqual } from './constant-time-equal.ts';
import { safeJoin } from './safe-join.ts';
import { secureFilename } from './secure-filename.ts';

expectTypeOf(safeJoin('/srv', 'a', 'b')).toEqualTypeOf<string | null>();
expectTypeOf(secureFilename('a')).toEqualTypeOf<string>();
expectTypeOf(constantTimeEqual('a', new Uint8Array())).toEqualTypeOf<boolean>();

// @ts-expect-error a path that leaves the directory gives null: check for it
safeJoin('/srv', '../a').length;
// @ts-expect-error the parts are arguments, not a list
safeJoin('/srv', ['a', 'b']);
// @ts-expect-error a part that is missing is none to be joined
safeJoin('/srv', undefined);
// @ts-expect-error the directory is needed
safeJoin();
// @ts-expect-error an upload may have no name: choose one then
secureFilename(null);
// @ts-expect-error a secret that is missing equals none: check for it first
constantTimeEqual(undefined, 'a');
// @ts-expect-error a number has more than one text
constantTimeEqual(1234, '1234');
// @ts-expect-error both are needed
constantTimeEqual('a');
