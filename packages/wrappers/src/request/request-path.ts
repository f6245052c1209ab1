/** `text` with exactly one slash in front. */
export function withLeadingSlash(text: string): string {
  let start = 0;
  while (text[start] === '/') start++;
  return start === 1 ? text : `/${text.slice(start)}`;
}

/** `text` without the slashes at its end. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end--;
  return text.slice(0, end);
}
