/** What of this package needs Node: `@werkstatt/wrappers/node`. */

export type { FileContent } from './node/file-content.ts';
export type { Coding } from './node/precompressed.ts';
export { sendFile } from './node/send-file.ts';
export type { SendFileOptions } from './node/send-file-options.ts';
export {
  type SendFromDirectoryOptions,
  sendFromDirectory,
} from './node/send-from-directory.ts';
