import { connect } from 'node:net';
import { ResponseParser } from '../../wire/response-parser.ts';

/** What came back on a connection. */
export interface Answer {
  /** Of the final response; 0: there was none before the end. */
  readonly status: number;
  /** All octets, one code unit each. */
  readonly text: string;
  readonly milliseconds: number;
  /** The connection was still open, and nothing complete had come. */
  readonly timedOut: boolean;
}

export interface ExchangeOptions {
  /** Resets the connection once all is sent, or cannot be. */
  readonly abort?: boolean | undefined;
  readonly halfClose?: boolean | undefined;
  /** Milliseconds. */
  readonly timeout: number;
}

/** How long more may follow a whole response, in ms, where the server doesn't end the connection. */
const SETTLE = 60;

/** Sends octets on a connection of their own, and waits for a whole response, or the end. */
export function exchange(port: number, octets: Buffer, options: ExchangeOptions): Promise<Answer> {
  const [method = '', , version = ''] = octets.toString('latin1', 0, 200).split(' ', 3);
  const parser = new ResponseParser([
    { method, version: version.startsWith('HTTP/1.0') ? '1.0' : '1.1' },
  ]);
  const begin = performance.now();
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const finish = (timedOut = false): void => {
      clearTimeout(timer);
      parser.end();
      const text = Buffer.concat(chunks).toString('latin1');
      // A response that no parser takes has a status all the same.
      const status =
        parser.responses[0]?.status ?? Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0);
      socket.destroy();
      resolve({ status, text, milliseconds: performance.now() - begin, timedOut });
    };
    const timer = setTimeout(() => finish(true), options.timeout);
    socket.on('error', () => {}); // a reset is an end as well
    socket.on('close', () => finish());
    socket.on('end', () => finish());
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      parser.push(chunk);
      // What follows a response belongs to the answer: a second one may have been smuggled in.
      if (parser.responses.length > 0) setTimeout(finish, SETTLE);
    });
    socket.write(octets, () => {
      if (options.abort) socket.resetAndDestroy();
      else if (options.halfClose) socket.end();
    });
  });
}
