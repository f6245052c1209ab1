import { type AccessFormatter, accessFormatter } from './access-line.ts';
import type { AccessLogOption, AccessRecord } from './access-log.ts';
import { paintFor, plain } from './colour.ts';
import type { LogStream } from './log-sink.ts';
import { type LogFile, type LogWriter, logWriterOf, openLogFile } from './log-writer.ts';

/** The access log of one server: what a line looks like, and where it goes. */
export class AccessLog {
  readonly #format: AccessFormatter | undefined;
  readonly #path: string | undefined;
  #file: LogFile | null = null;
  #writer: LogWriter | null;

  /** @param target the path of a file, or a stream; standard error by default. */
  constructor(option: AccessLogOption, target: string | LogStream = process.stderr) {
    const isPath = typeof target === 'string';
    const isShown = target === process.stderr || target === process.stdout;
    this.#format = accessFormatter(option, isShown ? paintFor(target) : plain);
    this.#path = isPath ? target : undefined;
    this.#writer = isPath ? null : logWriterOf(target);
  }

  /**
   * Opens the file, if there is one.
   *
   * @throws OptionError when it can't be opened.
   */
  open(): void {
    if (this.#path === undefined || this.#format === undefined || this.#file !== null) return;
    this.#file = openLogFile(this.#path);
    this.#writer = this.#file.writer;
  }

  /** Writes the line of one answered request. */
  write(record: AccessRecord): void {
    if (this.#format !== undefined) this.#writer?.write(this.#format(record));
  }

  /** Writes what is pending to the file, and closes it. */
  close(): void {
    if (this.#file === null) return;
    this.#file.close();
    this.#file = null;
    this.#writer = null;
  }
}
