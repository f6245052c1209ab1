import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { splitHost } from '../hosts/split-host.ts';
import { checkHeaderName, checkHeaderValue } from '../http/header-field.ts';
import { quoteHeaderValue } from '../http/quote-header-value.ts';
import { FieldScanner } from './field-scanner.ts';
import { ForwardedNode } from './forwarded-node.ts';

const SCHEME = /^[a-z][a-z0-9+.-]*$/i;

/** What one proxy tells of the request that it got (RFC 7239 section 4). */
export interface ForwardedElement {
  /** Who sent the request. */
  readonly for: ForwardedNode | null;
  /** The proxy, where the request came in. */
  readonly by: ForwardedNode | null;
  /** The `Host` of the request. */
  readonly host: string | null;
  /** The scheme of the request, in lower case. */
  readonly proto: string | null;
  /** Parameters beyond these, by their names in lower case. */
  readonly extensions: ReadonlyMap<string, string>;
}

/** An element to be written; what is left out is not told. */
export interface ForwardedInit {
  readonly for?: ForwardedNode | string | null | undefined;
  readonly by?: ForwardedNode | string | null | undefined;
  readonly host?: string | null | undefined;
  readonly proto?: string | null | undefined;
  readonly extensions?: Iterable<readonly [name: string, value: string]> | undefined;
}

/**
 * Parses `Forwarded` (RFC 7239), the client's end first. Anyone can send this header: only what was
 * added by proxies of yours, at the right end of the list, is true.
 *
 * @returns `[]` when any part is malformed, be it a quote, a node, a host or a parameter that
 *   stands twice: what two readers could take for different things is not taken for anything.
 */
export function parseForwarded(header: string | null | undefined): readonly ForwardedElement[] {
  const elements: ForwardedElement[] = [];
  if (!header) return elements;
  const scanner = new FieldScanner(header);
  for (;;) {
    scanner.skipBlanks();
    const params = readParams(scanner);
    const element = params && toElement(params);
    if (!element) return [];
    if (params.size > 0) elements.push(element);
    scanner.skipBlanks();
    if (scanner.atEnd) return elements;
    if (!scanner.take(',')) return [];
  }
}

/**
 * Writes `Forwarded` (RFC 7239): `dumpForwarded([{ for: '192.0.2.60', proto: 'https' }])`.
 *
 * @throws InvalidHeaderError when a part is not what it should be.
 */
export function dumpForwarded(elements: Iterable<ForwardedInit>): string {
  return Array.from(elements, dumpElement).join(', ');
}

/** The parameters up to the next comma; `null` when they are malformed, or one stands twice. */
function readParams(scanner: FieldScanner): Map<string, string> | null {
  const params = new Map<string, string>();
  do {
    const name = scanner.readToken().toLowerCase();
    // Both the list and each of its elements may have empty places.
    if (name === '') continue;
    if (!scanner.take('=') || params.has(name)) return null;
    const value = scanner.readValue();
    if (value === null) return null;
    params.set(name, value);
  } while (scanner.take(';'));
  return params;
}

function toElement(params: ReadonlyMap<string, string>): ForwardedElement | null {
  let from: ForwardedNode | null = null;
  let by: ForwardedNode | null = null;
  let host: string | null = null;
  let proto: string | null = null;
  const extensions = new Map<string, string>();
  for (const [name, value] of params) {
    if (name === 'for') {
      if (!(from = ForwardedNode.parse(value))) return null;
    } else if (name === 'by') {
      if (!(by = ForwardedNode.parse(value))) return null;
    } else if (name === 'host') {
      if (!splitHost(value)) return null;
      host = value;
    } else if (name === 'proto') {
      if (!SCHEME.test(value)) return null;
      proto = value.toLowerCase();
    } else {
      extensions.set(name, value);
    }
  }
  return { for: from, by, host, proto, extensions };
}

function dumpElement(element: ForwardedInit): string {
  const params: (readonly [string, string])[] = [];
  for (const name of ['for', 'by'] as const) {
    const node = element[name];
    if (node != null) params.push([name, checkNode(name, node)]);
  }
  if (element.host != null) {
    if (!splitHost(element.host)) throw malformed('host', element.host, 'example.com:8080');
    params.push(['host', element.host]);
  }
  if (element.proto != null) {
    if (!SCHEME.test(element.proto)) throw malformed('proto', element.proto, 'https');
    params.push(['proto', element.proto]);
  }
  for (const [name, value] of element.extensions ?? []) {
    params.push([checkHeaderName(name), checkHeaderValue('Forwarded', value)]);
  }
  const names = new Set(params.map(([name]) => name.toLowerCase()));
  if (names.size < params.length) {
    throw new InvalidHeaderError('A parameter stands twice in an element of Forwarded.');
  }
  if (names.size === 0) {
    throw new InvalidHeaderError('An element of Forwarded has no parameters. Leave it out.');
  }
  return params.map(([name, value]) => `${name}=${quoteHeaderValue(value)}`).join(';');
}

/** A node as it is written; an IPv6 address may come without brackets. */
function checkNode(name: string, node: ForwardedNode | string): string {
  const text = String(node);
  const parsed = ForwardedNode.parse(text) ?? ForwardedNode.parse(`[${text}]`);
  if (!parsed) throw malformed(name, text, '192.0.2.1, [2001:db8::1]:4711, unknown or _name');
  return String(parsed);
}

function malformed(name: string, value: string, example: string): InvalidHeaderError {
  return new InvalidHeaderError(
    `${JSON.stringify(value)} cannot be the parameter ${name} of Forwarded. Use the form ${example}.`,
  );
}
