import type { MultipartDecoderOptions } from '../multipart/multipart-limits.ts';

/** The default of `maxFormMemorySize`. */
export const MAX_FORM_MEMORY_SIZE = 500_000;

/** How much the parts of a `multipart/form-data` body may take. */
export interface FormPartLimits {
  /**
   * How many bytes all fields of a request may have together, of those that are kept in memory; files
   * aren't. Default: 500,000. Without it, one request fills the memory.
   */
  maxFormMemorySize?: number | undefined;
  /**
   * How many parts there may be, files included. Default: 1000. Without it, a body of many empty parts
   * becomes many times its size in objects.
   */
  maxFormParts?: number | undefined;
  /**
   * How many bytes the header of one part may have. Default: 16,384. Without it, a header without end
   * fills the memory.
   */
  maxPartHeaderSize?: number | undefined;
  /** How many fields the header of one part may have. Default: 100. Each becomes an object. */
  maxPartHeaders?: number | undefined;
}

/** The limits as the decoder calls them. */
export function decoderLimits(limits: FormPartLimits): MultipartDecoderOptions {
  return {
    maxFormMemorySize: limits.maxFormMemorySize,
    maxParts: limits.maxFormParts,
    maxPartHeaderSize: limits.maxPartHeaderSize,
    maxPartHeaders: limits.maxPartHeaders,
  };
}
