import { once } from 'node:events';
import { MultipartDecoder } from '@werkstatt/wrappers';
import busboy from 'busboy';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formType } from './contender.ts';

const BOUNDARY = 'bound';

/** The parts of a body, each with its name, that of its file or null, and its data. */
type Parts = [name: string, filename: string | null, data: string][];

function ours(chunks: readonly Buffer[]): Parts {
  const decoder = new MultipartDecoder(BOUNDARY);
  const parts: Parts = [];
  for (const chunk of [...chunks, null]) {
    decoder.receiveData(chunk);
    for (let event = decoder.nextEvent(); event; event = decoder.nextEvent()) {
      if (event.type === 'field') parts.push([event.name, null, '']);
      else if (event.type === 'file') parts.push([event.name, event.filename, '']);
      else if (event.type === 'data') {
        parts.at(-1)![2] += Buffer.from(event.data).toString('latin1');
      }
    }
  }
  return parts;
}

async function theirs(chunks: readonly Buffer[]): Promise<Parts> {
  const parser = busboy({
    headers: { 'content-type': formType(BOUNDARY) },
    preservePath: true,
    defCharset: 'latin1',
    defParamCharset: 'utf8',
  });
  const parts: Parts = [];
  parser.on('field', (name, value, { encoding }) => {
    expect(encoding).toBe('7bit');
    parts.push([name, null, Buffer.from(value).toString('latin1')]);
  });
  parser.on('file', (name, stream, { filename }) => {
    const part: Parts[number] = [name, filename ?? '', ''];
    parts.push(part);
    stream.on('error', () => {});
    stream.on('data', (data: Buffer) => {
      part[2] += data.toString('latin1');
    });
  });
  const closed = once(parser, 'close');
  closed.catch(() => {});
  for (const chunk of chunks) parser.write(chunk);
  parser.end();
  await closed;
  return parts;
}

const name = fc
  .array(fc.constantFrom('a', 'ü', '☃', ' ', ';', '=', '.', '\\"', "'", 'C:\\x', '/'), {
    maxLength: 5,
  })
  .map((pieces) => `x${pieces.join('')}y`);
// Never the whole boundary: a line that only begins with it is data for us, and the end for busboy.
const content = fc
  .array(fc.constantFrom('\r', '\n', '\r\n', '--', '--boun', '\r\n--', '\r\n--boun', 'x', 'b'), {
    maxLength: 10,
  })
  .map((pieces) => pieces.join(''));
const part = fc
  .record({ name, filename: fc.option(name), content })
  .map(({ name, filename, content }) => {
    const file = filename === null ? '' : `; filename="${filename}"`;
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}`;
    return `${head}\r\nContent-Type: application/x\r\n\r\n${content}\r\n`;
  });

describe('our decoder and busboy', () => {
  it('find the same parts, wherever the body is cut', async () => {
    const body = fc
      .array(part, { maxLength: 4 })
      .map((parts) => `${parts.join('')}--${BOUNDARY}--`);
    const places = fc.array(fc.nat(400), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(body, places, async (text, cuts) => {
        const octets = Buffer.from(text);
        const ends = [...cuts.toSorted((a, b) => a - b), octets.length];
        const chunks = ends.map((end, index) => octets.subarray(ends[index - 1] ?? 0, end));
        expect(ours(chunks)).toEqual(await theirs(chunks));
      }),
      { numRuns: 400 },
    );
  });
});
