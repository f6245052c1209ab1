import type { OnUpdate } from '../datastructures/callback-dict.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { decodeExtended, isDecodable, splitExtendedValue } from '../http/extended-value.ts';
import { checkHeaderName, checkHeaderValue, isToken } from '../http/header-field.ts';
import { quoteHeaderValue } from '../http/quote-header-value.ts';
import { FieldScanner } from './field-scanner.ts';
import { asciiFilename, cleanFilename, encodeExtended } from './filename.ts';
import { LiveField } from './live-field.ts';

const NON_ASCII = /[^\x00-\x7f]/;
/** What some browsers undo, or take for a folder, in a name without an extended form. */
const MISREAD = /\\|%[0-9a-f]{2}/i;

/** The parameters of `Content-Disposition`. */
export interface ContentDispositionInit {
  /** The name to save the content under; any text. */
  filename?: string | null | undefined;
  /** Other parameters, such as `name` in a form. */
  params?: Iterable<readonly [name: string, value: string]> | undefined;
}

/**
 * `Content-Disposition` (RFC 6266): whether the content is shown or saved, and under which name.
 *
 * A name that ASCII cannot hold is written twice: in ASCII as far as that goes, and exactly as
 * `filename*` (RFC 8187). Control characters, and those that turn the direction of text and make a
 * `gpj.exe` look like an `exe.jpg`, are left out.
 */
export class ContentDisposition extends LiveField {
  #type = '';
  #filename: string | null = null;
  /** Parameters but for the file's name, by their names in lower case. */
  readonly #params = new Map<string, string>();

  /**
   * @param type `attachment`, `inline`, or another token.
   * @throws InvalidHeaderError when `type` is no token.
   */
  constructor(
    type: string,
    init: ContentDispositionInit = {},
    onUpdate?: OnUpdate<ContentDisposition>,
  ) {
    super();
    this.type = type;
    this.#filename = init.filename ?? null;
    for (const [name, value] of init.params ?? []) this.setParam(name, value);
    this.onUpdate = onUpdate;
  }

  /**
   * Parses the header; `null` without a type. `filename*` goes before `filename`, of a parameter
   * that stands twice the first counts, and reading ends where the header is malformed.
   *
   * The name is whatever the sender chose: it may be a path, or harmful. `secureFilename` makes
   * one of it that can be stored.
   */
  static fromHeader(
    header: string | null | undefined,
    onUpdate?: OnUpdate<ContentDisposition>,
  ): ContentDisposition | null {
    const scanner = new FieldScanner(header ?? '');
    scanner.skipBlanks();
    const type = scanner.readToken();
    if (type === '') return null;
    const disposition = new ContentDisposition(type);
    const params = readParams(scanner);
    const extended = params.get('filename*');
    disposition.#filename = decode(extended) ?? params.get('filename') ?? null;
    for (const [name, value] of params) {
      if (name !== 'filename' && name !== 'filename*') disposition.#params.set(name, value);
    }
    disposition.onUpdate = onUpdate;
    return disposition;
  }

  /** `attachment`, `inline` or another token, in lower case. */
  get type(): string {
    return this.#type;
  }

  set type(type: string) {
    if (!isToken(type)) {
      throw new InvalidHeaderError(
        `${JSON.stringify(type)} is no type of Content-Disposition. Use 'attachment' or 'inline'.`,
      );
    }
    this.#type = type.toLowerCase();
    this.changed();
  }

  /** The name to save the content under; `null` when there is none. */
  get filename(): string | null {
    return this.#filename;
  }

  set filename(filename: string | null) {
    this.#filename = filename;
    this.changed();
  }

  /** A parameter other than the file's name. */
  getParam(name: string): string | undefined {
    return this.#params.get(name.toLowerCase());
  }

  /**
   * Sets a parameter other than the file's name.
   *
   * @throws InvalidHeaderError when it cannot be sent, or is the file's name.
   */
  setParam(name: string, value: string): void {
    const key = checkHeaderName(name).toLowerCase();
    if (key === 'filename' || key === 'filename*') {
      throw new InvalidHeaderError(
        'Set the property filename; both of its forms are made of that.',
      );
    }
    this.#params.set(key, checkHeaderValue('Content-Disposition', value));
    this.changed();
  }

  override toHeader(): string {
    let header = this.#type;
    for (const [name, value] of this.#params) header += `; ${name}=${quoteHeaderValue(value)}`;
    if (this.#filename === null) return header;
    const filename = cleanFilename(this.#filename);
    header += `; filename=${quoteHeaderValue(asciiFilename(filename))}`;
    if (NON_ASCII.test(filename) || MISREAD.test(filename)) {
      header += `; filename*=UTF-8''${encodeExtended(filename)}`;
    }
    return header;
  }
}

/** The parameters by their names in lower case, up to the first mistake. */
function readParams(scanner: FieldScanner): Map<string, string> {
  const params = new Map<string, string>();
  for (;;) {
    scanner.skipBlanks();
    if (!scanner.take(';')) return params;
    scanner.skipBlanks();
    const name = scanner.readToken().toLowerCase();
    if (name === '') continue;
    scanner.skipBlanks();
    if (!scanner.take('=')) return params;
    scanner.skipBlanks();
    const value = scanner.readValue();
    if (value === null) return params;
    if (!params.has(name)) params.set(name, value);
  }
}

/** An extended value (RFC 8187); `null` when it is none, or in a charset not decoded here. */
function decode(value: string | undefined): string | null {
  const extended = value === undefined ? null : splitExtendedValue(value);
  if (!extended || !isDecodable(extended.charset)) return null;
  return decodeExtended(extended.text, extended.charset);
}
