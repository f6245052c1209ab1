/** Every text in an encoded result, the keys of its records included. */
export function allText(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(allText);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [key, ...allText(part)]);
}

/** A result as patterns see it: a text as it is, all else as compact JSON. */
export function compactJson(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
}

/** A text as it would come out where only the low octet of each code unit is written. */
export function lowOctets(text: string): string {
  return text.replace(/[^\x00-\xff]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) & 0xff));
}
