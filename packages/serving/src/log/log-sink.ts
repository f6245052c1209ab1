import { fs } from '../node-modules.ts';

/** Where the text of a log goes. */
export interface LogSink {
  /** Octets, or about as many, that the sink was given and has not passed on. */
  readonly backlog: number;
  /** Writes as much as can be written without waiting, and keeps the rest. */
  write(text: string): void;
  /** The same, and waits for a slow reader for a while: the process is about to exit. */
  flush(text: string): void;
}

/** A stream that lines go to: `process.stderr`, a file stream. */
export type LogStream = NodeJS.WritableStream & {
  /** A descriptor is written to at once, so that nothing is lost when the process exits. */
  readonly fd?: number | null;
  /** The file of a file stream, which has no descriptor until it is open. */
  readonly path?: string | Buffer;
  readonly writableLength: number;
};

/** How often, and how many milliseconds apart, a last write is tried again at a full pipe. */
const LAST_WRITE_TRIES = 20;
const LAST_WRITE_PAUSE = 10;

/** Milliseconds after which a write to a full pipe is tried again. */
const RETRY = 20;

/** The sink for a stream: its descriptor, where it has one or will have one. */
export function sinkOf(stream: LogStream): LogSink {
  const isFile = typeof stream.path === 'string' && 'fd' in stream;
  if (!isFile && typeof stream.fd !== 'number') return new StreamSink(stream);
  const sink = new DescriptorSink(() => stream.fd ?? null);
  // An own file stream opens later, and one that never opens keeps what there was to write.
  if (isFile) stream.once('open', () => sink.write(''));
  return isFile ? new FileStreamSink(stream, sink) : sink;
}

/** Any stream that has no descriptor: what it has taken is its own affair. */
class StreamSink implements LogSink {
  readonly #stream: LogStream;

  constructor(stream: LogStream) {
    this.#stream = stream;
  }

  get backlog(): number {
    return this.#stream.writableLength;
  }

  write(text: string): void {
    if (text !== '' && this.#stream.writable) this.#stream.write(text);
  }

  flush(text: string): void {
    this.write(text);
  }
}

/**
 * A descriptor: a terminal, a pipe, a file. Streams over one write in the background, and lose what
 * they hold when the process exits; this way it is known what was written. One call of the system
 * per turn of the event loop; a full pipe makes nobody wait.
 */
export class DescriptorSink implements LogSink {
  readonly #descriptor: () => number | null;
  #rest: Buffer[] = [];
  #size = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param descriptor `null` while there is none, or none any more. */
  constructor(descriptor: () => number | null) {
    this.#descriptor = descriptor;
  }

  get backlog(): number {
    return this.#size;
  }

  write(text: string): void {
    this.#add(text);
    if (this.#size === 0 || this.#timer !== undefined || this.#tryWrite()) return;
    if (this.#descriptor() === null) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.write('');
    }, RETRY).unref();
  }

  flush(text: string): void {
    this.#add(text);
    for (let tries = 0; !this.#tryWrite() && tries < LAST_WRITE_TRIES; tries++) {
      if (this.#descriptor() === null) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LAST_WRITE_PAUSE);
    }
  }

  /** What was not written yet, which is then forgotten. */
  take(): Buffer {
    const rest = Buffer.concat(this.#rest);
    this.#rest = [];
    this.#size = 0;
    return rest;
  }

  #add(text: string): void {
    if (text === '') return;
    const octets = Buffer.from(text);
    this.#rest.push(octets);
    this.#size += octets.length;
  }

  /** @returns whether nothing is left, or nothing can ever be written there. */
  #tryWrite(): boolean {
    while (this.#rest.length > 0) {
      const descriptor = this.#descriptor();
      if (descriptor === null) return false;
      const first = this.#rest[0]!;
      try {
        const written = fs.writeSync(descriptor, first);
        this.#size -= written;
        if (written === first.length) this.#rest.shift();
        else this.#rest[0] = first.subarray(written);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return false;
        // A pipe without a reader, a full disk: a server outlives its log.
        this.take();
      }
    }
    return true;
  }
}

/** A stream of `fs.createWriteStream()`. */
class FileStreamSink implements LogSink {
  readonly #stream: LogStream;
  readonly #sink: DescriptorSink;

  constructor(stream: LogStream, sink: DescriptorSink) {
    this.#stream = stream;
    this.#sink = sink;
  }

  get backlog(): number {
    return this.#sink.backlog;
  }

  write(text: string): void {
    if (this.#stream.writable) this.#sink.write(text);
  }

  /** The process may exit before the file is open. */
  flush(text: string): void {
    this.#sink.flush(text);
    if (this.#sink.backlog === 0) return;
    try {
      fs.appendFileSync(this.#stream.path as string, this.#sink.take());
    } catch {
      // The file can't be written, of which its stream has told its owner.
    }
  }
}
