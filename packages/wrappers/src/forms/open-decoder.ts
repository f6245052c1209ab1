import { BadRequest } from '@werkstatt/core';
import { MultipartDecoder } from '../multipart/multipart-decoder.ts';
import type { MultipartDecoderOptions } from '../multipart/multipart-limits.ts';

/**
 * A decoder for a body of type `multipart/form-data`.
 *
 * @param options the parameters of its media type, by their names in lower case.
 * @throws BadRequest when there is no boundary among them, or one that can't be one.
 * @throws ArgumentError when a limit is none.
 */
export function openDecoder(
  options: Readonly<Record<string, string>>,
  limits: MultipartDecoderOptions,
): MultipartDecoder {
  const boundary = Object.hasOwn(options, 'boundary') ? options['boundary'] : undefined;
  if (boundary) return new MultipartDecoder(boundary, limits);
  throw new BadRequest(
    'The form data has no boundary: its Content-Type has to be multipart/form-data; boundary=…',
  );
}
