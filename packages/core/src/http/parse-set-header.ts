import type { OnUpdate } from '../datastructures/callback-dict.ts';
import { HeaderSet } from '../datastructures/header-set.ts';

/** Parses a list header to a set: `HeaderSet.fromHeader` under the name of the other parsers. */
export function parseSetHeader(
  header: string | null | undefined,
  onUpdate?: OnUpdate<HeaderSet>,
): HeaderSet {
  return HeaderSet.fromHeader(header, onUpdate);
}
