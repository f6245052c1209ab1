/** What of this package needs Node: `@werkstatt/core/node`. */
export { PasswordHashError } from './errors/password-hash-error.ts';
export {
  checkPasswordHash,
  generatePasswordHash,
  needsRehash,
  type PasswordHashOptions,
} from './node/password-hash.ts';
