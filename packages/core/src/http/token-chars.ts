/** 1 at the code of every character of a token (RFC 9110 section 5.6.2). */
const TOKEN_CHARS: Uint8Array = new Uint8Array(128);
for (const character of "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz") {
  TOKEN_CHARS[character.charCodeAt(0)] = 1;
  TOKEN_CHARS[character.toUpperCase().charCodeAt(0)] = 1;
}

/** The index after the token that begins at `start`; `start` itself when there is none. */
export function endOfToken(text: string, start: number): number {
  let index = start;
  while (index < text.length && TOKEN_CHARS[text.charCodeAt(index)] === 1) index++;
  return index;
}
