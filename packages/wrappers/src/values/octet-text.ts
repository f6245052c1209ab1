/** How many characters `String.fromCharCode` is given at once: arguments lie on the stack. */
const SLICE = 8192;

/** One character per octet: ISO-8859-1, for which the platform's decoder takes windows-1252. */
export function octetText(octets: Uint8Array): string {
  let text = '';
  for (let start = 0; start < octets.length; start += SLICE) {
    text += String.fromCharCode(...octets.subarray(start, start + SLICE));
  }
  return text;
}
