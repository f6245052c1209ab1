import { fs } from '../node-modules.ts';

/** Octets that may wait for a slow reader; further lines are dropped and counted. */
const MAX_BACKLOG = 1_048_576;

/** How often, and how many milliseconds apart, a last write is tried again at a full pipe. */
const LAST_WRITE_TRIES = 20;
const LAST_WRITE_PAUSE = 10;

/** A stream that lines go to: `process.stderr`, a file stream. */
export type LogStream = NodeJS.WritableStream & {
  readonly fd?: number;
  readonly writableLength: number;
};

const writers = new WeakMap<LogStream, LogWriter>();

/**
 * The one writer of `stream`, so that the lines of all servers of a process keep their order.
 *
 * @param stream standard error by default.
 */
export function logWriterOf(stream: LogStream = process.stderr): LogWriter {
  let writer = writers.get(stream);
  if (writer === undefined) {
    writer = new LogWriter(stream);
    writers.set(stream, writer);
  }
  return writer;
}

/**
 * Collects lines and writes those of one turn of the event loop together. A reader that is gone
 * ends nothing, and one that is slow costs at most 1 MiB of memory: then lines are dropped, and a
 * line says how many. What is pending when the process exits is written synchronously.
 */
export class LogWriter {
  #stream: LogStream;
  #pending = '';
  #dropped = 0;
  #scheduled = false;

  constructor(stream: LogStream) {
    this.#stream = stream;
    // Without a listener a closed pipe (EPIPE) would end the process: a server outlives its log.
    stream.on('error', () => {});
    process.on('exit', () => this.flush());
  }

  /** Writes `text` and a line end at the end of this turn of the event loop. */
  write(text: string): void {
    if (this.#stream.writableLength > MAX_BACKLOG) {
      this.#dropped++;
      return;
    }
    this.#pending += `${text}\n`;
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#hand();
    });
  }

  /** Writes what is pending at once: before the process ends, or something else is printed. */
  flush(): void {
    const { fd, writableLength } = this.#stream;
    if (fd === undefined || writableLength > 0) {
      this.#hand();
      return;
    }
    writeAll(fd, Buffer.from(this.#take()));
  }

  #hand(): void {
    const text = this.#take();
    if (text !== '' && this.#stream.writable) this.#stream.write(text);
  }

  #take(): string {
    let text = this.#pending;
    this.#pending = '';
    if (this.#dropped > 0) {
      text += `${this.#dropped} log lines were dropped: their reader is too slow\n`;
      this.#dropped = 0;
    }
    return text;
  }
}

/** Writes to a descriptor that may be a full pipe (EAGAIN) or one without a reader. */
function writeAll(fd: number, bytes: Uint8Array): void {
  let tries = 0;
  while (bytes.length > 0 && tries < LAST_WRITE_TRIES) {
    try {
      bytes = bytes.subarray(fs.writeSync(fd, bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      tries++;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LAST_WRITE_PAUSE);
    }
  }
}
