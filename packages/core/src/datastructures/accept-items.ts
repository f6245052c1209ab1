import { trimBlanks } from '../http/blanks.ts';
import { dumpOptionsHeader } from '../http/dump-options-header.ts';
import { parseListHeader } from '../http/parse-list-header.ts';
import { parseOptionsHeader } from '../http/parse-options-header.ts';
import { endOfToken } from '../http/token-chars.ts';

/** A value that a client accepts, with its parameters, and how much it likes it, from 0 to 1. */
export type AcceptItem = readonly [value: string, quality: number];

const LARGE_Q = 0x51;
const SMALL_Q = 0x71;
const EQUALS = 0x3d;
const QUALITY = /^-?[0-9]+(?:\.[0-9]+)?$/;

/** The items of an `Accept` header in order; one whose quality is malformed is left out. */
export function parseAcceptItems(header: string): AcceptItem[] {
  const items: AcceptItem[] = [];
  if (header.includes('"')) {
    for (const member of parseListHeader(header)) addWithOptions(items, member);
    return items;
  }
  for (let start = 0; start < header.length; ) {
    let end = header.indexOf(',', start);
    if (end < 0) end = header.length;
    addItem(items, header, start, end);
    start = end + 1;
  }
  return items;
}

/** Adds the item from `start` to `end`; a quality and no other parameter is the usual case. */
function addItem(items: AcceptItem[], header: string, start: number, end: number): void {
  const semicolon = indexBefore(header, ';', start, end);
  if (semicolon < 0) {
    const value = trimBlanks(header.slice(start, end));
    if (value !== '') items.push([value, 1]);
    return;
  }
  let name = semicolon + 1;
  while (header.charCodeAt(name) === 0x20) name++;
  const unit = header.charCodeAt(name);
  const isQuality =
    (unit === SMALL_Q || unit === LARGE_Q) && header.charCodeAt(name + 1) === EQUALS;
  if (!isQuality || indexBefore(header, ';', name, end) >= 0) {
    addWithOptions(items, trimBlanks(header.slice(start, end)));
    return;
  }
  const valueEnd = endOfToken(header, name + 2);
  const quality = valueEnd === name + 2 ? 1 : parseQuality(header.slice(name + 2, valueEnd));
  const value = trimBlanks(header.slice(start, semicolon));
  if (value !== '' && quality >= 0) items.push([value, quality]);
}

function addWithOptions(items: AcceptItem[], member: string): void {
  if (!member.includes(';')) {
    const value = trimBlanks(member);
    if (value !== '') items.push([value, 1]);
    return;
  }
  const [value, options] = parseOptionsHeader(member);
  const { q } = options;
  delete options['q'];
  const quality = q === undefined ? 1 : parseQuality(trimBlanks(q));
  if (value !== '' && quality >= 0) items.push([dumpOptionsHeader(value, options), quality]);
}

/** A quality from 0 to 1 (RFC 9110 section 12.4.2), or -1 for what is none. */
function parseQuality(text: string): number {
  if (text.length === 3 && text.startsWith('0.')) {
    const tenths = text.charCodeAt(2) - 0x30;
    if (tenths >= 0 && tenths <= 9) return tenths / 10;
  }
  if (!QUALITY.test(text)) return -1;
  const quality = Number(text);
  return quality >= 0 && quality <= 1 ? quality : -1;
}

/** Where `character` stands from `start` on and before `end`, or -1; looks no further than that. */
function indexBefore(text: string, character: string, start: number, end: number): number {
  const unit = character.charCodeAt(0);
  for (let index = start; index < end; index++) if (text.charCodeAt(index) === unit) return index;
  return -1;
}
