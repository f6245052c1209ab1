import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What curl got. */
export interface Answer {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** A part of a `multipart/byteranges`. */
export interface Part {
  readonly type: string | undefined;
  readonly range: string | undefined;
  readonly body: string;
}

const run = promisify(execFile);
const HEAD_END = '\r\n\r\n';

/** Runs `curl URL OPTIONS`. */
export async function curl(url: string, options: readonly string[] = []): Promise<Answer> {
  const { stdout } = await run('curl', ['--silent', '--include', '--raw', ...options, url], {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 * 1024,
  });
  const [head, body] = splitHead(stdout);
  const [statusLine = '', ...fields] = head.split('\r\n');
  return { status: Number(statusLine.split(' ')[1]), headers: toMap(fields), body };
}

/**
 * The parts of a `multipart/byteranges`.
 *
 * @throws Error when it is malformed.
 */
export function byteranges({ headers, body }: Answer): Part[] {
  const boundary = /boundary=(\S+)$/.exec(headers.get('content-type') ?? '')?.[1];
  const text = body.toString('latin1');
  const [before, ...parts] = `\r\n${text.replace(/^\r\n/, '')}`.split(`\r\n--${boundary}`);
  if (before !== '' || parts.pop()?.trimEnd() !== '--') throw new Error(`No byteranges: ${text}`);
  return parts.map((part) => {
    const [head, content] = splitHead(Buffer.from(part, 'latin1'));
    const fields = toMap(head.trimStart().split('\r\n'));
    const [type, range] = [fields.get('content-type'), fields.get('content-range')];
    return { type, range, body: content.toString('latin1') };
  });
}

function splitHead(message: Buffer): [head: string, body: Buffer] {
  const end = message.indexOf(HEAD_END);
  if (end < 0) throw new Error(`There is no head: ${message}`);
  return [message.subarray(0, end).toString('latin1'), message.subarray(end + HEAD_END.length)];
}

function toMap(fields: readonly string[]): Map<string, string> {
  return new Map(
    fields.map((field) => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
    }),
  );
}
