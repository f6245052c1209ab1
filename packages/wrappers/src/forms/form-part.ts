import { bodyToStream, type Headers } from '@werkstatt/core';
import { BodyConsumedError } from '../errors/wrapper-errors.ts';
import type { FieldEvent, FileEvent } from '../multipart/multipart-events.ts';
import { GrowingBytes } from '../values/growing-bytes.ts';
import type { PartReader } from './part-reader.ts';
import { partText } from './part-text.ts';

/**
 * One part of a form that is being read: a field or a file. Its content is still on its way, and can
 * be read once, before the loop goes on to the next part; what is left then is skipped.
 */
export class FormPart implements AsyncIterable<Uint8Array> {
  readonly #reader: PartReader;
  readonly #event: FieldEvent | FileEvent;
  readonly #number: number;
  #begun = false;

  constructor(reader: PartReader, event: FieldEvent | FileEvent) {
    this.#reader = reader;
    this.#event = event;
    this.#number = reader.part;
  }

  /** The name of the form's field. */
  get name(): string {
    return this.#event.name;
  }

  /** The name that the client gives the file, `''` when none was chosen; `undefined` for a field. */
  get filename(): string | undefined {
    return this.#event.type === 'file' ? this.#event.filename : undefined;
  }

  /** Whether the part is a file, chosen or not. */
  get isFile(): boolean {
    return this.#event.type === 'file';
  }

  /** The header fields of the part. */
  get headers(): Headers {
    return this.#event.headers;
  }

  /** The media type with its parameters: the client's word. */
  get contentType(): string | undefined {
    return this.headers.get('Content-Type');
  }

  /**
   * The content as it arrives; a chunk belongs to the reader.
   *
   * @throws BodyConsumedError when it was read before, or the loop has gone on to another part.
   * @throws BadRequest when the form breaks off or is malformed.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    this.#begin();
    for (let moreData = true; moreData; ) {
      this.#check();
      const event = await this.#reader.nextData();
      moreData = event.moreData;
      if (event.data.length > 0) yield event.data;
    }
  }

  /**
   * The whole content.
   *
   * @throws RequestEntityTooLarge when what was kept of all parts has more than `maxFormMemorySize`
   * bytes.
   */
  async bytes(): Promise<Uint8Array> {
    const content = await this.#collect();
    // A copy, so that a small part keeps no large chunk alive; `slice` of a `Buffer` makes none.
    return content instanceof Uint8Array ? new Uint8Array(content) : content.slice();
  }

  /**
   * The whole content as text, in the charset that the part states: UTF-8, US-ASCII or ISO-8859-1.
   * What isn't valid becomes U+FFFD.
   *
   * @throws RequestEntityTooLarge as `bytes()` does.
   */
  async text(): Promise<string> {
    const content = await this.#collect();
    return partText(content instanceof Uint8Array ? content : content.view(), this);
  }

  /** The content as a stream of the platform, which is read no faster than it is asked for. */
  stream(): ReadableStream<Uint8Array> {
    return bodyToStream(this[Symbol.asyncIterator]());
  }

  /** The content in one piece, which may be a view of a chunk, or put together. */
  async #collect(): Promise<Uint8Array | GrowingBytes> {
    this.#begin();
    this.#check();
    let event = await this.#reader.nextData();
    this.#reader.keep(event.data.length);
    if (!event.moreData) return event.data;
    const bytes = new GrowingBytes();
    bytes.append(event.data);
    while (event.moreData) {
      this.#check();
      event = await this.#reader.nextData();
      this.#reader.keep(event.data.length);
      bytes.append(event.data);
    }
    return bytes;
  }

  #begin(): void {
    if (this.#begun) throw new BodyConsumedError(`${this.#title} can be read only once.`);
    this.#begun = true;
  }

  #check(): void {
    if (this.#reader.part === this.#number) return;
    throw new BodyConsumedError(
      `${this.#title} is over: read a part before the loop goes on to the next.`,
    );
  }

  get #title(): string {
    return `The part ${JSON.stringify(this.name)} of the form`;
  }
}
