/**
 * Whether a byte range makes sense (RFC 9110 section 14.1.2): it has a first byte and a later end,
 * which is exclusive, and begins within the length, if that is known. Without either, only the
 * length has to make sense.
 */
export function isByteRangeValid(
  start: number | null | undefined,
  stop: number | null | undefined,
  length?: number | null,
): boolean {
  const hasStart = start !== null && start !== undefined;
  const hasStop = stop !== null && stop !== undefined;
  if (!hasStart || !hasStop) return hasStart === hasStop && (length ?? 0) >= 0;
  return start >= 0 && start < stop && (length === null || length === undefined || start < length);
}
