const NON_ASCII = /[^\x00-\x7f]/;
const NOT_IN_HOST = /[\s/\\?#@:%[\]]/;

/**
 * A host name in ASCII: what is not becomes its IDNA form, as browsers send it.
 *
 * @returns `undefined` for what is no host name.
 */
export function toAscii(name: string): string | undefined {
  if (!NON_ASCII.test(name)) return name;
  if (NOT_IN_HOST.test(name)) return undefined;
  const url = URL.parse(`http://${name}/`);
  return url === null || url.hostname === '' ? undefined : url.hostname;
}
