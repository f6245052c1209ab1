import { RequestEntityTooLarge, RequestHeaderFieldsTooLarge } from '@werkstatt/core/exceptions';
import type { HeaderField, HeaderList } from '@werkstatt/core/protocol';
import type { ReceivedBody } from '../http1/exchange-connection.ts';
import { type InputSource, RequestInput } from '../http1/input.ts';
import type { Limits } from '../http1/limits.ts';
import { consistsOf, FIELD_VALUE, trimBlanks } from '../http1/octets.ts';
import { BODY_TOO_LARGE, HEADER_TOO_LARGE } from '../http1/refusals.ts';
import { fieldKey } from './field-keys.ts';

/** The body of one request on its way from its stream into its input. */
export class StreamBody implements ReceivedBody {
  readonly input: RequestInput;
  trailers: HeaderList = [];

  readonly #limits: Limits;
  #received = 0;

  constructor(limits: Limits, source: InputSource) {
    this.input = new RequestInput(source);
    this.#limits = limits;
  }

  /** Takes a chunk. */
  receive(chunk: Uint8Array): void {
    if (this.input.error !== null) return;
    this.#received += chunk.length;
    if (this.#received > this.#limits.maxBodySize) {
      this.input.fail(new RequestEntityTooLarge(BODY_TOO_LARGE.detail));
    } else {
      this.input.push(chunk);
    }
  }

  /** Takes the trailer section: names and values in turn. */
  receiveTrailers(raw: readonly string[]): void {
    const { maxHeaderCount, maxHeaderSize } = this.#limits;
    const fields: HeaderField[] = [];
    let size = 0;
    for (let at = 0; at < raw.length; at += 2) {
      const name = raw[at]!;
      const value = trimBlanks(raw[at + 1]!);
      size += name.length + value.length;
      if (fieldKey(name) !== null && consistsOf(value, FIELD_VALUE)) fields.push([name, value]);
    }
    if (size <= maxHeaderSize && raw.length / 2 <= maxHeaderCount) this.trailers = fields;
    else this.input.fail(new RequestHeaderFieldsTooLarge(HEADER_TOO_LARGE.detail));
  }

  /** The client has sent all. */
  end(): void {
    this.input.end();
  }
}
