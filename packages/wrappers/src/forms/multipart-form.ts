import {
  ArgumentError,
  BadRequest,
  type ByteContent,
  FileMultiDict,
  FileStorage,
  ImmutableMultiDict,
  type InputStream,
} from '@werkstatt/core';
import type { MultipartDecoder } from '../multipart/multipart-decoder.ts';
import type {
  DataEvent,
  FieldEvent,
  FileEvent,
  MultipartEvent,
} from '../multipart/multipart-events.ts';
import type { MultipartLimits } from '../multipart/multipart-limits.ts';
import { GrowingBytes } from '../values/growing-bytes.ts';
import { isThenable } from '../values/is-thenable.ts';
import { CHUNK_SIZE } from './chunk-size.ts';
import { openDecoder } from './open-decoder.ts';
import type { FormContents } from './parsed-form.ts';
import { partText } from './part-text.ts';
import { Spool, type SpoolOptions } from './spool.ts';
import { SpoolSink } from './spool-sink.ts';
import type { FileSink, FileUpload, StreamFactory } from './stream-factory.ts';

/** What a `MultipartForm` is to know. */
export interface MultipartFormOptions {
  /** The parameters of the body's media type, by their names in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly limits: MultipartLimits;
  readonly spool: SpoolOptions;
  readonly streamFactory: StreamFactory;
  readonly totalContentLength: number | undefined;
}

/**
 * One form of type `multipart/form-data`, from its first byte to its last. A chunk is worked off
 * without waiting, unless a file's sink wants to.
 */
export class MultipartForm {
  readonly #options: MultipartFormOptions;
  readonly #fields: [name: string, value: string][] = [];
  readonly #files: FileMultiDict = new FileMultiDict();
  /** Every sink that was opened: when the form fails, each has something to undo. */
  readonly #sinks: FileSink[] = [];
  #spool: Spool | undefined;
  /** The part that is being read. */
  #part: FieldEvent | FileEvent | undefined;
  /** Where it goes if it is a file. */
  #sink: FileSink | undefined;
  /** What there is so far of a field that came in several pieces. */
  #text: GrowingBytes | undefined;
  #malformed: unknown;

  constructor(options: MultipartFormOptions) {
    this.#options = options;
  }

  /**
   * Reads the form to its end. If that fails, everything is closed and removed by then.
   *
   * @throws BadRequest when the form is malformed; `isMalformed` tells it from others.
   * @throws RequestEntityTooLarge when it exceeds a limit.
   */
  async read(stream: InputStream): Promise<FormContents> {
    try {
      await this.#readAll(stream);
      await this.#spool?.seal();
    } catch (error) {
      await this.#undo(error);
      throw error;
    }
    const form = new ImmutableMultiDict(this.#fields);
    return { form, files: this.#files, spool: this.#spool };
  }

  /** Whether an error is about what stands in the body, and not about reading or storing it. */
  isMalformed(error: unknown): boolean {
    return this.#malformed === error && error instanceof BadRequest;
  }

  async #readAll(stream: InputStream): Promise<void> {
    const decoder = this.#open();
    for (let ended = false; !ended; ) {
      const chunk = await stream.read(CHUNK_SIZE);
      ended = chunk.length === 0;
      decoder.receiveData(ended ? null : chunk);
      for (let event = this.#next(decoder); event; event = this.#next(decoder)) {
        const waiting = this.#take(event);
        if (waiting !== undefined) await waiting;
      }
    }
  }

  #open(): MultipartDecoder {
    try {
      return openDecoder(this.#options.parameters, this.#options.limits);
    } catch (error) {
      this.#malformed = error;
      throw error;
    }
  }

  #next(decoder: MultipartDecoder): MultipartEvent | null {
    try {
      return decoder.nextEvent();
    } catch (error) {
      this.#malformed = error;
      throw error;
    }
  }

  #take(event: MultipartEvent): void | PromiseLike<void> {
    switch (event.type) {
      case 'data':
        return this.#sink ? this.#takeBytes(this.#sink, event) : this.#takeText(event);
      case 'field':
        this.#part = event;
        break;
      case 'file':
        this.#part = event;
        return this.#openSink(event);
    }
  }

  #takeText({ data, moreData }: DataEvent): void {
    // A piece is copied: it may be a small part of a chunk that would stay alive with it.
    if (moreData || this.#text) (this.#text ??= new GrowingBytes()).append(data);
    if (moreData) return;
    const part = this.#part!;
    this.#fields.push([part.name, partText(this.#text?.view() ?? data, part)]);
    this.#text = undefined;
  }

  #openSink(event: FileEvent): void | PromiseLike<void> {
    const sink = this.#options.streamFactory(this.#describe(event));
    if (isThenable(sink)) return sink.then((opened) => this.#useSink(opened));
    this.#useSink(sink);
  }

  /** Without one, the file would be taken for a field, which is kept in memory. */
  #useSink(sink: FileSink | null | undefined): void {
    if (!sink) {
      throw new ArgumentError(
        `The stream factory returned no sink for the file ${JSON.stringify(this.#part?.name)}: return one, such as defaultStreamFactory(file).`,
      );
    }
    this.#sinks.push(sink);
    this.#sink = sink;
  }

  #takeBytes(sink: FileSink, { data, moreData }: DataEvent): void | PromiseLike<void> {
    if (data.length > 0) {
      const waiting = sink.write(data);
      if (isThenable(waiting)) {
        return moreData ? waiting : waiting.then(() => this.#finishSink(sink));
      }
    }
    if (!moreData) return this.#finishSink(sink);
  }

  #finishSink(sink: FileSink): void | PromiseLike<void> {
    const content = sink.finish();
    if (isThenable(content)) return content.then((finished) => this.#addFile(finished));
    this.#addFile(content);
  }

  #addFile(content: ByteContent | null): void {
    const { name, filename, headers } = this.#part as FileEvent;
    this.#files.add(name, new FileStorage(content, { name, filename, headers }));
    this.#sink = undefined;
  }

  #describe(event: FileEvent): FileUpload {
    const { name, filename, headers } = event;
    const { totalContentLength } = this.#options;
    const contentType: string | undefined = headers.get('Content-Type');
    let opened = false;
    const openSpool = (): FileSink => {
      // Files lie in the spool one after the other: two at a time would be mixed up.
      if (opened || this.#part !== event) {
        throw new ArgumentError(
          `The file ${JSON.stringify(filename)} has its place in the spool, or is over: call openSpool() once, in the stream factory.`,
        );
      }
      opened = true;
      this.#spool ??= new Spool(this.#options.spool);
      return new SpoolSink(this.#spool);
    };
    return { name, filename, headers, contentType, totalContentLength, openSpool };
  }

  async #undo(error: unknown): Promise<void> {
    for (const sink of this.#sinks) {
      try {
        await sink.abort(error);
      } catch {
        // The form's own error is the one to be told.
      }
    }
    await this.#spool?.close().catch(() => {});
  }
}
