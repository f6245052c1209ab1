import {
  checkPasswordHash,
  generatePasswordHash,
  type PasswordHashOptions,
} from '@werkstatt/core/node';
import type { Calls } from '../calls/call.ts';

/** Calls about passwords that the vectors do not have. */
export const secretsCalls: Calls = {
  async passwordRoundTrip(password: string, candidate: string, options?: PasswordHashOptions) {
    return checkPasswordHash(await generatePasswordHash(password, options), candidate);
  },
};
