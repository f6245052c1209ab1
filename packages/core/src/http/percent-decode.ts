const ESCAPES = /(?:%[0-9a-f]{2})+/gi;

/**
 * Percent-decodes text as UTF-8, once (RFC 3986 section 2.1). Escapes that are not UTF-8 stay as
 * they are, and so does a `%` that begins no escape: nothing is lost, and no error comes of any
 * input.
 */
export function percentDecode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(ESCAPES, decodeRun);
  }
}

/** Decodes a run of escapes, which may hold valid and invalid sequences side by side. */
function decodeRun(run: string): string {
  const octets = Array.from({ length: run.length / 3 }, (_, index) =>
    Number.parseInt(run.slice(3 * index + 1, 3 * index + 3), 16),
  );
  let text = '';
  let decoded = 0;
  for (let index = 0; index < octets.length; ) {
    const length = sequenceLength(octets, index);
    if (length === 0) {
      text += decodeURIComponent(run.slice(3 * decoded, 3 * index));
      text += run.slice(3 * index, 3 * index + 3);
      decoded = index + 1;
    }
    index += length || 1;
  }
  return text + decodeURIComponent(run.slice(3 * decoded));
}

/** How many octets the UTF-8 sequence at `index` has (RFC 3629 section 4); 0 when there is none. */
export function sequenceLength(octets: readonly number[], index: number): number {
  const lead = octets[index]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  // After these leads a part of the range would be an overlong form, a surrogate, or too high.
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  const isTail = octets
    .slice(index + 1, index + length)
    .every((octet, at) =>
      at === 0 ? octet >= lowest && octet <= highest : (octet & 0xc0) === 0x80,
    );
  return isTail && index + length <= octets.length ? length : 0;
}
