import { NO_PARAMETERS } from './no-parameters.ts';
import { SfScanner } from './sf-scanner.ts';
import type {
  SfBareItem,
  SfDictionary,
  SfInnerList,
  SfItem,
  SfList,
  SfMember,
  SfParameters,
} from './sf-types.ts';

const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;
const OPEN = 0x28;
const CLOSE = 0x29;
const SP = 0x20;

/**
 * Parses a field that is an item (RFC 9651 section 4.2.3), as `Sec-CH-UA-Mobile: ?1`.
 *
 * @returns `null` when there is no field, or it is not an item and nothing else: a structured field
 *   is right as a whole, or to be ignored.
 */
export function parseSfItem(header: string | null | undefined): SfItem | null {
  if (header == null) return null;
  const scanner = new SfScanner(header);
  scanner.skipSpaces();
  const item = readItem(scanner);
  scanner.skipSpaces();
  return item && scanner.atEnd ? item : null;
}

/**
 * Parses a field that is a list (RFC 9651 section 4.2.1), as `Accept-CH: DPR, Width`. Fields of
 * the same name are to be joined by a comma first, as an environ has them.
 *
 * @returns `null` when there is no field, or any part of it is malformed; `[]` for an empty one.
 */
export function parseSfList(header: string | null | undefined): SfList | null {
  if (header == null) return null;
  const scanner = new SfScanner(header);
  const list: SfMember[] = [];
  scanner.skipSpaces();
  while (!scanner.atEnd) {
    const member = readMember(scanner);
    if (!member) return null;
    list.push(member);
    if (!skipToNext(scanner)) return null;
  }
  return list;
}

/**
 * Parses a field that is a dictionary (RFC 9651 section 4.2.2), as `Priority: u=1, i`. A key
 * without a value is `true`; of a repeated one, the last value counts.
 *
 * @returns `null` when there is no field, or any part of it is malformed.
 */
export function parseSfDictionary(header: string | null | undefined): SfDictionary | null {
  if (header == null) return null;
  const scanner = new SfScanner(header);
  const dictionary = new Map<string, SfMember>();
  scanner.skipSpaces();
  while (!scanner.atEnd) {
    const key = scanner.readKey();
    if (key === undefined) return null;
    const member = readDictionaryMember(scanner);
    if (!member) return null;
    dictionary.set(key, member);
    if (!skipToNext(scanner)) return null;
  }
  return dictionary;
}

/** Moves to the next member, or the end; `false` when neither follows. */
function skipToNext(scanner: SfScanner): boolean {
  scanner.skipBlanks();
  if (scanner.atEnd) return true;
  if (scanner.peek() !== COMMA) return false;
  scanner.position++;
  scanner.skipBlanks();
  return !scanner.atEnd;
}

function readDictionaryMember(scanner: SfScanner): SfMember | undefined {
  if (scanner.peek() === EQUALS) {
    scanner.position++;
    return readMember(scanner);
  }
  const params = readParameters(scanner);
  return params && { value: true, params };
}

function readMember(scanner: SfScanner): SfMember | undefined {
  return scanner.peek() === OPEN ? readInnerList(scanner) : readItem(scanner);
}

function readItem(scanner: SfScanner): SfItem | undefined {
  const value = scanner.readBareItem();
  if (value === undefined) return undefined;
  const params = readParameters(scanner);
  return params && { value, params };
}

function readInnerList(scanner: SfScanner): SfInnerList | undefined {
  const value: SfItem[] = [];
  scanner.position++;
  for (;;) {
    scanner.skipSpaces();
    if (scanner.peek() === CLOSE) {
      scanner.position++;
      const params = readParameters(scanner);
      return params && { value, params };
    }
    const item = readItem(scanner);
    if (!item) return undefined;
    value.push(item);
    if (scanner.peek() !== SP && scanner.peek() !== CLOSE) return undefined;
  }
}

/** Parameters (section 4.2.3.2); one without a value is `true`. */
function readParameters(scanner: SfScanner): SfParameters | undefined {
  if (scanner.peek() !== SEMICOLON) return NO_PARAMETERS;
  const params = new Map<string, SfBareItem>();
  while (scanner.peek() === SEMICOLON) {
    scanner.position++;
    scanner.skipSpaces();
    const key = scanner.readKey();
    if (key === undefined) return undefined;
    let value: SfBareItem | undefined = true;
    if (scanner.peek() === EQUALS) {
      scanner.position++;
      value = scanner.readBareItem();
      if (value === undefined) return undefined;
    }
    params.set(key, value);
  }
  return params;
}
