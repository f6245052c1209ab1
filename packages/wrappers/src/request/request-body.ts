import type { InputStream } from '@werkstatt/core';
import { LimitedInput, tooLarge } from './limited-input.ts';

const decoder = new TextDecoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true });

/** A request's body kept in memory: read once, and then there for every method that asks. */
export class RequestBody {
  readonly #input: InputStream;
  readonly #declared: number | undefined;
  #bytes: Promise<Uint8Array> | undefined;
  #json: Promise<unknown> | undefined;

  /** @param declared the body's length, if the client stated it. */
  constructor(input: InputStream, declared: number | undefined) {
    this.#input = input;
    this.#declared = declared;
  }

  /**
   * The whole body, if it has no more than `limit` bytes.
   *
   * @throws RequestEntityTooLarge if it has more; nothing is read if its length was declared.
   */
  async bytes(limit: number): Promise<Uint8Array> {
    if (this.#declared !== undefined && this.#declared > limit) throw tooLarge(limit);
    this.#bytes ??= this.#read(limit);
    const bytes = await this.#bytes;
    if (bytes.length > limit) throw tooLarge(limit);
    return bytes;
  }

  /** The whole body as text; what isn't UTF-8 becomes U+FFFD. */
  async text(limit: number): Promise<string> {
    return decoder.decode(await this.bytes(limit));
  }

  /**
   * The whole body as JSON.
   *
   * @throws SyntaxError or TypeError when it isn't.
   */
  json(limit: number): Promise<unknown> {
    this.#json ??= this.bytes(limit).then((bytes) => JSON.parse(strictDecoder.decode(bytes)));
    return this.#json;
  }

  /** A declared length is within the limit here, and the input ends with it. */
  #read(limit: number): Promise<Uint8Array> {
    const input = this.#declared === undefined ? new LimitedInput(this.#input, limit) : this.#input;
    return input.read();
  }
}
