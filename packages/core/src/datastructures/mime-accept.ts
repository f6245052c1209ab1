import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { Accept, equalsIgnoringCase } from './accept.ts';

/** What a type and a subtype count as, so that no number of parameters comes up to it. */
const PART = 1_000_000;

const SEPARATOR = /[/;]/;

/**
 * The media types that a client accepts: `Accept` (RFC 9110 section 12.5.1). An asterisk stands for
 * every subtype, two for every type. Parameters other than the quality are part of a type, and their
 * order does not matter.
 */
export class MIMEAccept extends Accept {
  override specificity(value: string): number {
    const slash = value.indexOf('/');
    if (slash < 0) return value === '*' ? 0 : 3 * PART;
    let rank = slash === 1 && value.startsWith('*') ? 0 : 3;
    const semicolon = value.indexOf(';', slash);
    rank += isWildcard(value, slash, semicolon) ? 1 : 2;
    return rank * PART + countParameters(value, semicolon);
  }

  /**
   * Whether a media type is what the client's `item` stands for.
   *
   * @throws InvalidHeaderError when `value` is no media type.
   */
  override valueMatches(value: string, item: string): boolean {
    const slash = value.indexOf('/');
    if (slash < 0 || (value.startsWith('*') && !isWildcard(value, slash, value.indexOf(';')))) {
      throw new InvalidHeaderError(
        `${JSON.stringify(value)} is no media type. Use a type and a subtype, as text/html.`,
      );
    }
    if (equalsIgnoringCase(value, item)) return true;
    const hasParts = item.includes('*') || value.includes('*') || item.includes(';');
    return hasParts && item.includes('/') && partsMatch(splitType(value), splitType(item));
  }

  /** Whether the client takes HTML; what takes XHTML is taken to. */
  get acceptHtml(): boolean {
    return this.has('text/html') || this.acceptXhtml;
  }

  /** Whether the client takes XHTML. */
  get acceptXhtml(): boolean {
    return this.has('application/xhtml+xml') || this.has('application/xml');
  }

  /** Whether the client takes JSON. */
  get acceptJson(): boolean {
    return this.has('application/json');
  }
}

/** Whether the subtype after `slash` is an asterisk; `semicolon` is where it ends, or -1. */
function isWildcard(value: string, slash: number, semicolon: number): boolean {
  if (value.charCodeAt(slash + 1) !== 0x2a) return false;
  const end = semicolon < 0 ? value.length : semicolon;
  return end === slash + 2 || value.slice(slash + 1, end).trimEnd() === '*';
}

function countParameters(value: string, semicolon: number): number {
  let count = 0;
  for (; semicolon >= 0; semicolon = value.indexOf(';', semicolon + 1)) count++;
  return Math.min(count, PART - 1);
}

function splitType(value: string): string[] {
  return value
    .toLowerCase()
    .split(SEPARATOR)
    .map((part) => part.trim());
}

function partsMatch(
  [type, subtype, ...params]: readonly string[],
  [itemType, itemSubtype, ...itemParams]: readonly string[],
): boolean {
  if (type === '*' || itemType === '*') return itemType !== '*' || itemSubtype === '*';
  if (type !== itemType) return false;
  if (subtype === '*' || itemSubtype === '*') return true;
  if (subtype !== itemSubtype || params.length !== itemParams.length) return false;
  const sorted = itemParams.toSorted();
  return params.toSorted().every((param, index) => param === sorted[index]);
}
