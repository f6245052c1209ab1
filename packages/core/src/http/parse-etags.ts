import { ETags } from '../datastructures/etags.ts';

/** Parses entity tags: `ETags.fromHeader` under the name of the other parsers. */
export function parseEtags(header: string | null | undefined): ETags {
  return ETags.fromHeader(header);
}
