import { Accept } from './accept.ts';

const SEPARATORS = /[-_ ]/g;

/** Names without separators that stand for another name. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['latin1', 'iso88591'],
  ['l1', 'iso88591'],
  ['cp819', 'iso88591'],
  ['latin2', 'iso88592'],
  ['l2', 'iso88592'],
  ['latin9', 'iso885915'],
  ['ascii', 'usascii'],
  ['iso646us', 'usascii'],
  ['utf', 'utf8'],
  ['u8', 'utf8'],
  ['sjis', 'shiftjis'],
  ['windows1250', 'cp1250'],
  ['windows1251', 'cp1251'],
  ['windows1252', 'cp1252'],
]);

/**
 * The charsets that a client accepts: `Accept-Charset`, which clients have ceased to send (RFC 9110
 * section 12.5.2). Common names of one charset match each other, as `utf8` and `UTF-8`.
 */
export class CharsetAccept extends Accept {
  override valueMatches(value: string, item: string): boolean {
    return item === '*' || value === item || canonicalName(value) === canonicalName(item);
  }
}

function canonicalName(charset: string): string {
  const name = charset.toLowerCase().replace(SEPARATORS, '');
  return ALIASES.get(name) ?? name;
}
