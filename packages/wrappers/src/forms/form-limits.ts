import { type MultipartLimits, multipartLimits } from '../multipart/multipart-limits.ts';
import { checkLimit } from '../values/check-limit.ts';

/** How many bytes a body may have unless something else is said: 512 MiB. */
export const MAX_CONTENT_LENGTH: number = 512 * 1024 * 1024;
/** How many fields a form that is not multipart may have unless something else is said. */
export const MAX_FORM_FIELDS = 1000;

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

/**
 * The limits as the decoder calls them, each with its value.
 *
 * @throws ArgumentError when one is negative or no number; `Infinity` is no limit.
 */
export function decoderLimits(limits: FormPartLimits): MultipartLimits {
  const { maxFormMemorySize, maxFormParts, maxPartHeaderSize, maxPartHeaders } = limits;
  // The decoder has another name for it.
  if (maxFormParts !== undefined) checkLimit('maxFormParts', maxFormParts);
  const maxParts = maxFormParts;
  return multipartLimits({ maxFormMemorySize, maxParts, maxPartHeaderSize, maxPartHeaders });
}
