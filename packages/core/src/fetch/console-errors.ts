import type { ErrorStream } from '../protocol.ts';

/** An error stream for where no server keeps a log: each line goes to `console.error`. */
export class ConsoleErrors implements ErrorStream {
  /** What was written since the last line end. */
  #line = '';

  write(text: string): void {
    const end = text.lastIndexOf('\n');
    if (end < 0) {
      this.#line += text;
      return;
    }
    console.error(this.#line + text.slice(0, end));
    this.#line = text.slice(end + 1);
  }

  flush(): void {
    if (this.#line !== '') console.error(this.#line);
    this.#line = '';
  }
}
