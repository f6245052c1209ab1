import {
  getContentType,
  safeJoin,
  safeJoinWindows,
  secureFilename,
  secureFilenameWindows,
} from '@werkstatt/core';
import {
  checkPasswordHash,
  generatePasswordHash,
  type PasswordHashOptions,
} from '@werkstatt/core/node';
import type { Calls } from './call.ts';

const DEFAULT_SALT_LENGTH = 16;

/** The calls of `security`. */
export const securityCalls: Calls = {
  checkPasswordHash: (stored: string, password: string) => checkPasswordHash(stored, password),
  async generatePasswordHashShape(password: string, options?: PasswordHashOptions) {
    const hash = await generatePasswordHash(password, options);
    const [method, salt, digest] = hash.split('$') as [string, string, string];
    return {
      method,
      digestHexLength: digest.length,
      verifies: await checkPasswordHash(hash, password),
      saltAtLeast: salt.length >= (options?.saltLength ?? DEFAULT_SALT_LENGTH),
    };
  },
  safeJoin: (directory: string, ...untrusted: string[]) => safeJoin(directory, ...untrusted),
  safeJoinWindows: (directory: string, ...untrusted: string[]) =>
    safeJoinWindows(directory, ...untrusted),
  secureFilename: (filename: string) => secureFilename(filename),
  secureFilenameWindows: (filename: string) => secureFilenameWindows(filename),
  getContentType: (mimetype: string, charset: string) => getContentType(mimetype, charset),
};
