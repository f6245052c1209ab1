const ESCAPES = /(?:%[0-9a-f]{2})+/gi;

/**
 * Percent-decodes text as UTF-8, once. Escapes that are not UTF-8 stay as they are, and so does a
 * `%` that begins no escape: nothing is lost, and no error comes of any input.
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
  let text = '';
  for (let index = 0; index < run.length; ) {
    const length = 3 * sequenceLength(Number.parseInt(run.slice(index + 1, index + 3), 16));
    const sequence = run.slice(index, index + length);
    const decoded = decodeSequence(sequence);
    text += decoded ?? run.slice(index, index + 3);
    index += decoded === undefined ? 3 : length;
  }
  return text;
}

/** How many octets a UTF-8 sequence has that begins with `octet` (RFC 3629 section 3). */
function sequenceLength(octet: number): number {
  if (octet < 0xc0) return 1;
  if (octet < 0xe0) return 2;
  return octet < 0xf0 ? 3 : 4;
}

function decodeSequence(sequence: string): string | undefined {
  try {
    return decodeURIComponent(sequence);
  } catch {
    return undefined;
  }
}
