/** The bodies that are sent over a socket, made while they are sent. */

/** A body of a form with one type of part. */
export interface Body {
  readonly length: number;
  readonly chunks: Iterable<Uint8Array>;
}

const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW';
const END = Buffer.from(`--${BOUNDARY}--\r\n`);
const CHUNK = 65_536;

/** The `Content-Type` of all of them. */
export const CONTENT_TYPE: string = `multipart/form-data; boundary=${BOUNDARY}`;

/** A form with a file of so many bytes. */
export function oneFile(size: number): Body {
  const head = Buffer.from(`${partHead('name="file"; filename="large.bin"')}\r\n`);
  const block = Buffer.alloc(CHUNK, 'Werkstatt\r\n--\r\n');
  const tail = Buffer.concat([Buffer.from('\r\n'), END]);
  return { length: head.length + size + tail.length, chunks: chunks() };

  function* chunks(): Generator<Uint8Array> {
    yield head;
    for (let left = size; left > 0; left -= CHUNK) yield block.subarray(0, Math.min(left, CHUNK));
    yield tail;
  }
}

/** A form with so many fields of one letter. */
export function tinyParts(count: number): Body {
  const part = Buffer.from(`${partHead('name="a"')}\r\n1\r\n`);
  const perChunk = Math.floor(CHUNK / part.length);
  const chunk = Buffer.alloc(perChunk * part.length, part);
  return { length: count * part.length + END.length, chunks: chunks() };

  function* chunks(): Generator<Uint8Array> {
    for (let left = count; left > 0; left -= perChunk) {
      yield chunk.subarray(0, Math.min(left, perChunk) * part.length);
    }
    yield END;
  }
}

function partHead(parameters: string): string {
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; ${parameters}\r\n`;
}
