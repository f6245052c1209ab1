import { type CloseCallback, closeAll } from '@werkstatt/core';
import { BodyConsumedError } from '../errors/wrapper-errors.ts';
import {
  type BodyChunk,
  isStream,
  type ResponseBody,
  type StoredBody,
  storeBody,
} from './body-source.ts';
import { encodeText } from './encode.ts';
import { type StreamedBody, streamedBody } from './streamed-body.ts';

/**
 * The body of a response from its making to its end. Each response makes one, so that its fields are
 * declared, not initialized twice, and nothing in it is `#private`, which would be a field as well.
 */
export class ContentState {
  /** Text as long as nobody needs bytes. */
  declare body: string | StoredBody;
  /** The body being read, once it was a stream. */
  declare opened: StreamedBody | undefined;
  /** What is to be called at the end. */
  declare callbacks: CloseCallback[] | undefined;

  constructor(body: ResponseBody | undefined) {
    this.body = storeBody(body);
    this.opened = undefined;
    this.callbacks = undefined;
  }

  /** The body as others get to see it. */
  encoded(): StoredBody {
    if (typeof this.body === 'string') this.body = encodeText(this.body);
    return this.body;
  }

  /**
   * The chunks of the body, if they can be had without waiting; a stream is no stream then.
   *
   * @param conversion whether a stream may be read for that.
   */
  chunks(conversion: boolean): readonly Uint8Array[] {
    const body = this.encoded();
    if (body instanceof Uint8Array) return [body];
    if (!isStream(body)) return body;
    if (this.opened || Symbol.asyncIterator in body || !conversion) {
      throw new BodyConsumedError(
        'This body is a stream that was sent already, or takes waiting to be read; before it is ' +
          'sent, use `await response.bytes()`, or `await response.makeSequence()`.',
      );
    }
    return readNow(this, body);
  }

  /** Reads a stream to its end and keeps what it yields; one that is synchronous, at once. */
  async makeSequence(): Promise<void> {
    const source = this.body;
    if (typeof source === 'string' || !isStream(source)) return;
    if (!(Symbol.asyncIterator in source)) {
      readNow(this, source);
      return;
    }
    const stream = openStream(this);
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of stream) chunks.push(chunk);
    } finally {
      await stream.close();
    }
    this.body = chunks;
    this.opened = undefined;
  }

  /** Starts to pull a stream; whoever pulls has to close it, which is the end of the response. */
  open(): StreamedBody {
    return openStream(this, () => runCallbacks(this));
  }

  /** Puts another body in the place of one that nobody reads. */
  replace(make: (body: StoredBody) => ResponseBody): void {
    if (this.opened) throw new BodyConsumedError('This body was sent or read already.');
    this.body = storeBody(make(this.encoded()));
  }

  /** Puts another body in the place of any; a stream that was there is given up at the end. */
  set(body: ResponseBody): void {
    const stored = storeBody(body);
    if (isStream(this.body)) closeFirst(this, this.opened ?? openStream(this));
    this.opened = undefined;
    this.body = stored;
  }

  /** Has a callback called at the end. */
  callOnClose(callback: CloseCallback): void {
    this.callbacks ??= [];
    this.callbacks.push(callback);
  }

  /** The end: gives a stream up and runs the callbacks, those that didn't run. */
  close(): void | Promise<void> {
    if (!isStream(this.body)) return runCallbacks(this);
    const stream = this.opened ?? openStream(this);
    return closeAll([() => stream.close(), () => runCallbacks(this)]);
  }

  /** As `close()`, unless the stream is being sent to another request. */
  giveUp(): void | Promise<void> {
    return this.opened ? undefined : this.close();
  }
}

function openStream(state: ContentState, onClose?: CloseCallback): StreamedBody {
  if (state.opened || !isStream(state.body)) {
    throw new BodyConsumedError(
      'This response streams its body, which was sent or read already. Make a new response for ' +
        'every request, or `await response.bytes()` before the first to keep the body whole.',
    );
  }
  state.opened = streamedBody(state.body, onClose);
  return state.opened;
}

function readNow(state: ContentState, source: Iterable<BodyChunk>): readonly Uint8Array[] {
  const stream = openStream(state) as StreamedBody & Iterable<Uint8Array>;
  const chunks = [...stream];
  state.opened = undefined;
  state.body = chunks;
  if ('close' in source) closeFirst(state, stream);
  return chunks;
}

function closeFirst(state: ContentState, stream: StreamedBody): void {
  state.callbacks = [() => stream.close(), ...(state.callbacks ?? [])];
}

function runCallbacks(state: ContentState): void | Promise<void> {
  const { callbacks } = state;
  state.callbacks = undefined;
  if (callbacks) return closeAll(callbacks);
}
