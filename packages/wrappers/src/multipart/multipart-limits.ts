import { checkLimit } from '../values/check-limit.ts';

/** How many bytes the fields of a form may have together unless something else is said. */
export const MAX_FORM_MEMORY_SIZE = 500_000;
/** How many parts a form may have unless something else is said. */
export const MAX_PARTS = 1_000;

/** How much a multipart body may make a decoder, or who reads its events, keep in memory. */
export interface MultipartDecoderOptions {
  /**
   * How many bytes all fields (parts without a file name) may have together. Default: 500,000.
   * Fields are kept in memory, so without this limit one request fills it.
   */
  maxFormMemorySize?: number | undefined;
  /**
   * How many parts there may be. Default: 1,000. Without this limit a body of many empty parts makes
   * many times its size in objects.
   */
  maxParts?: number | undefined;
  /**
   * How many bytes the header of one part may have. Default: 16,384. It is kept in memory until it is
   * complete, so without this limit a header without end fills it.
   */
  maxPartHeaderSize?: number | undefined;
  /** How many fields the header of one part may have. Default: 100. Each becomes an object. */
  maxPartHeaders?: number | undefined;
}

/** The limits of a decoder, each with its value. */
export type MultipartLimits = { readonly [Name in keyof MultipartDecoderOptions]-?: number };

/**
 * Puts the defaults where nothing is given.
 *
 * @throws ArgumentError when a limit is negative or no number; `Infinity` is one.
 */
export function multipartLimits(options: MultipartDecoderOptions): MultipartLimits {
  return {
    maxFormMemorySize: limit('maxFormMemorySize', options.maxFormMemorySize, MAX_FORM_MEMORY_SIZE),
    maxParts: limit('maxParts', options.maxParts, MAX_PARTS),
    maxPartHeaderSize: limit('maxPartHeaderSize', options.maxPartHeaderSize, 16_384),
    maxPartHeaders: limit('maxPartHeaders', options.maxPartHeaders, 100),
  };
}

function limit(name: string, value: number | undefined, byDefault: number): number {
  return value === undefined ? byDefault : checkLimit(name, value);
}
