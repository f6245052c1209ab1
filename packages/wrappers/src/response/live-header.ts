import { dumpHeader, type Headers } from '@werkstatt/core';

/** What a structured field can be set to: its text, an object that has it, or null to remove it. */
export type HeaderText = string | { toHeader(): string } | null | undefined;

/** What a field that is a list can be set to: its members as well. */
export type HeaderListText = HeaderText | Iterable<string>;

/** Is told when an object that stands for a field was changed. */
export type HeaderChanged = (changed: { toHeader(): string }) => void;

/** Makes the object for the text of a field; `undefined` and null say that the field is missing. */
export type HeaderParser<F> = (text: string | undefined, onUpdate: HeaderChanged) => F;

/** Settings of a `LiveHeader`. */
export interface LiveHeaderOptions {
  /**
   * Whether each field line is a value by itself, so that the object stands for the first and leaves
   * the others alone. Default: false, the lines are one list (RFC 9110, section 5.3).
   */
  single?: boolean | undefined;
}

/**
 * A header field with an object that stands for it: a change of the object changes the field, and as
 * long as nobody else changes the field, the object is the same.
 */
export class LiveHeader<F> {
  readonly #name: string;
  readonly #parse: HeaderParser<F>;
  readonly #single: boolean;
  readonly #kept = new WeakMap<Headers, { text: string | undefined; object: F }>();

  /** @param name the name of the field, as it is sent. */
  constructor(name: string, parse: HeaderParser<F>, options: LiveHeaderOptions = {}) {
    this.#name = name;
    this.#parse = parse;
    this.#single = options.single ?? false;
  }

  /** The object for the field as it is now. */
  get(headers: Headers): F {
    const text = this.#read(headers);
    const kept = this.#kept.get(headers);
    if (kept && kept.text === text) return kept.object;
    const made: { text: string | undefined; object: F } = {
      text,
      object: this.#parse(text, (changed) => {
        this.#write(headers, changed);
        made.text = this.#read(headers);
        this.#kept.set(headers, made);
      }),
    };
    this.#kept.set(headers, made);
    return made.object;
  }

  /**
   * Sets the field, or removes it.
   *
   * @throws InvalidHeaderError when it can't be sent; then nothing changes.
   */
  set(headers: Headers, value: HeaderListText): void {
    const text = headerText(value);
    if (text === '') headers.remove(this.#name);
    else headers.set(this.#name, text);
  }

  #read(headers: Headers): string | undefined {
    const first = headers.find(this.#name);
    return first === undefined || this.#single ? first : headers.getlist(this.#name).join(', ');
  }

  #write(headers: Headers, changed: { toHeader(): string }): void {
    const others = this.#single ? headers.getlist(this.#name).slice(1) : [];
    try {
      const text = changed.toHeader();
      headers.setlist(this.#name, text === '' ? others : [text, ...others]);
    } catch (error) {
      // The object says now what the field can't: the next one is made from the field again.
      this.#kept.delete(headers);
      throw error;
    }
  }
}

function headerText(value: HeaderListText): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return 'toHeader' in value ? value.toHeader() : dumpHeader(value);
}
