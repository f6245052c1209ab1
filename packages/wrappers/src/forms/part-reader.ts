import { InputBusyError, type InputStream, RequestEntityTooLarge } from '@werkstatt/core';
import type { MultipartDecoder } from '../multipart/multipart-decoder.ts';
import type { DataEvent, MultipartEvent } from '../multipart/multipart-events.ts';
import { CHUNK_SIZE } from './chunk-size.ts';

/**
 * The events of a multipart body for one who asks for them: a chunk is read when those of the one
 * before are used up, and not sooner.
 */
export class PartReader {
  readonly #stream: InputStream;
  readonly #decoder: MultipartDecoder;
  readonly #maxMemory: number;
  #memory = 0;
  #reading = false;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  #part = 0;

  /** @param maxMemory how many bytes `keep` allows in all. */
  constructor(stream: InputStream, decoder: MultipartDecoder, maxMemory: number) {
    this.#stream = stream;
    this.#decoder = decoder;
    this.#maxMemory = maxMemory;
  }

  /** The number of the part that is being read. */
  get part(): number {
    return this.#part;
  }

  /** Leaves the part: it can't be read any more. */
  leave(): void {
    this.#part++;
  }

  /**
   * The next event; `null` at the end of the body.
   *
   * @throws InputBusyError while another read waits.
   * @throws BadRequest when the body is malformed, or ends too soon.
   * @throws RequestEntityTooLarge when it exceeds a limit.
   */
  next(): MultipartEvent | null | Promise<MultipartEvent | null> {
    if (this.#reading) throw new InputBusyError('The form');
    const event = this.#decode();
    return event !== null || this.#ended ? event : this.#read();
  }

  /** The next piece of the current part, which has data left. */
  nextData(): DataEvent | Promise<DataEvent> {
    return this.next() as DataEvent | Promise<DataEvent>;
  }

  /**
   * Takes note of bytes that stay in memory.
   *
   * @throws RequestEntityTooLarge for more than all parts may keep together.
   */
  keep(length: number): void {
    this.#memory += length;
    if (this.#memory <= this.#maxMemory) return;
    throw new RequestEntityTooLarge(
      `The parts of the form that are kept in memory have more than the ${this.#maxMemory} bytes allowed here.`,
    );
  }

  async #read(): Promise<MultipartEvent | null> {
    this.#reading = true;
    try {
      for (;;) {
        const chunk = await this.#stream.read(CHUNK_SIZE);
        this.#ended = chunk.length === 0;
        this.#decoder.receiveData(this.#ended ? null : chunk);
        const event = this.#decode();
        if (event !== null || this.#ended) return event;
      }
    } catch (error) {
      this.#failure = { error };
      throw error;
    } finally {
      this.#reading = false;
    }
  }

  /** What comes after an error is no part of the form, even if it looks like one. */
  #decode(): MultipartEvent | null {
    if (this.#failure) throw this.#failure.error;
    try {
      return this.#decoder.nextEvent();
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }
}
