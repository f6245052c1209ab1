import { fs } from '../node-modules.ts';
import { OptionError } from '../running/option-errors.ts';
import { DescriptorSink, type LogSink, type LogStream, sinkOf } from './log-sink.ts';

/** Octets waiting for a slow reader, beyond which lines are dropped and counted. */
const MAX_BACKLOG = 1_048_576;

const writers = new WeakMap<LogStream, LogWriter>();

/**
 * The one writer of `stream`, so that the lines of all servers of a process keep their order.
 *
 * @param stream standard error by default.
 */
export function logWriterOf(stream: LogStream = process.stderr): LogWriter {
  let writer = writers.get(stream);
  if (writer === undefined) {
    // Without a listener a closed pipe (EPIPE) would end the process: a server outlives its log.
    stream.on('error', () => {});
    writer = new LogWriter(sinkOf(stream));
    writers.set(stream, writer);
  }
  return writer;
}

/** A writer that adds to a file, and whoever opens it has to close. */
export interface LogFile {
  readonly writer: LogWriter;
  close(): void;
}

/**
 * Opens a file to add lines to its end. It is made where it is missing, to be read by its owner and
 * group: a log tells who has asked for what.
 *
 * @throws OptionError when it can't be opened.
 */
export function openLogFile(path: string): LogFile {
  const { O_APPEND, O_CREAT, O_NONBLOCK = 0, O_WRONLY } = fs.constants;
  let descriptor: number | null;
  try {
    // A pipe without a reader must not hold up the start.
    descriptor = fs.openSync(path, O_APPEND | O_CREAT | O_WRONLY | O_NONBLOCK, 0o640);
  } catch (error) {
    throw new OptionError(
      `The option 'accessLogTo': ${JSON.stringify(path)} can't be opened to write to it ` +
        `(${(error as NodeJS.ErrnoException).code}). Does its folder exist, and may you write there?`,
      { cause: error },
    );
  }
  const writer = new LogWriter(new DescriptorSink(() => descriptor));
  return {
    writer,
    close: () => {
      writer.end();
      if (descriptor !== null) fs.closeSync(descriptor);
      descriptor = null;
    },
  };
}

/**
 * Collects lines and writes those of one turn of the event loop together. A reader that is gone
 * ends nothing, and one that is slow costs at most 1 MiB of memory: then lines are dropped, and a
 * line says how many. What is pending when the process exits is written synchronously.
 */
export class LogWriter {
  readonly #sink: LogSink;
  #pending = '';
  #dropped = 0;
  #scheduled = false;

  constructor(sink: LogSink) {
    this.#sink = sink;
    process.on('exit', this.flush);
  }

  /** Writes `text` and a line end at the end of this turn of the event loop. */
  write(text: string): void {
    if (this.#sink.backlog > MAX_BACKLOG) {
      this.#dropped++;
      return;
    }
    this.#pending += `${text}\n`;
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#sink.write(this.#take());
    });
  }

  /** Writes what is pending at once: before the process ends, or something else is printed. */
  readonly flush = (): void => this.#sink.flush(this.#take());

  /** Writes what is pending, for the last time. */
  end(): void {
    this.flush();
    process.off('exit', this.flush);
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
