import { expectTypeOf } from 'vitest';
import { checkPasswordHash, generatePasswordHash, needsRehash } from './password-hash.ts';

expectTypeOf(generatePasswordHash('a')).toEqualTypeOf<Promise<string>>();
generatePasswordHash('a', { method: 'pbkdf2:sha512:1000000', saltLength: 20 });
expectTypeOf(checkPasswordHash('scrypt:1:1:1$a$b', 'a')).toEqualTypeOf<Promise<boolean>>();
expectTypeOf(needsRehash('a')).toEqualTypeOf<boolean>();

// @ts-expect-error the options are an object
generatePasswordHash('a', 'scrypt');
// @ts-expect-error a number of characters
generatePasswordHash('a', { saltLength: '16' });
// @ts-expect-error a password is text
generatePasswordHash(new Uint8Array());
// @ts-expect-error the password is needed
checkPasswordHash('a');
// @ts-expect-error the salt plays no part here
needsRehash('a', { saltLength: 16 });
// @ts-expect-error a promise is always true: await it
if (checkPasswordHash('a', 'b')) throw new Error();
