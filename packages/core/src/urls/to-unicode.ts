import { toAscii } from '../hosts/to-ascii.ts';
import { decodePunycode } from './punycode.ts';

const PREFIX = 'xn--';

/**
 * A host name with its IDNA labels as the characters that they stand for (RFC 5891 section 5.5). A
 * label stays as it is when it is no proper one: when browsers would not send those characters as
 * that label.
 */
export function toUnicode(host: string): string {
  if (!host.includes(PREFIX)) return host;
  return host
    .split('.')
    .map((label) => (label.startsWith(PREFIX) ? decodeLabel(label) : label))
    .join('.');
}

function decodeLabel(label: string): string {
  const decoded = label.length > 63 ? undefined : decodePunycode(label.slice(PREFIX.length));
  return decoded !== undefined && toAscii(decoded) === label ? decoded : label;
}
