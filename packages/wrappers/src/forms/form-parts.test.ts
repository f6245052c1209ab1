import {
  ArgumentError,
  BadRequest,
  ChunkInput,
  ClientDisconnected,
  type InputStream,
  RequestEntityTooLarge,
} from '@werkstatt/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyConsumedError } from '../errors/wrapper-errors.ts';
import { bytes } from '../testing/environ.ts';
import { brokenInput, inputOf, multipartBody, partHead } from '../testing/form.ts';
import type { FormPartLimits } from './form-limits.ts';
import type { FormPart } from './form-part.ts';
import { formParts } from './form-parts.ts';

const OPTIONS = { boundary: 'b' };
const text = (content: Uint8Array) => new TextDecoder().decode(content);

/** What a body consists of, all of it read. */
async function readAll(stream: InputStream, limits?: FormPartLimits) {
  const parts: { name: string; filename: string | undefined; text: string }[] = [];
  for await (const part of formParts(stream, OPTIONS, limits)) {
    const { name, filename } = part;
    parts.push({ name, filename, text: await part.text() });
  }
  return parts;
}

/** Reads the parts for as long as `use` doesn't throw. */
async function forEach(stream: InputStream, use: (part: FormPart) => unknown): Promise<void> {
  for await (const part of formParts(stream, OPTIONS)) await use(part);
}

/** A form with a file that doesn't end, and how many chunks of it were taken. */
function endlessUpload() {
  const upload = { taken: 0, input: new ChunkInput(chunks()) };
  async function* chunks() {
    yield partHead({ name: 'f', filename: 'x' });
    for (;;) {
      upload.taken++;
      yield new Uint8Array(10).fill(120);
    }
  }
  return upload;
}

describe('formParts', () => {
  it('gives every part in order, with what the client says of it', async () => {
    const body = multipartBody(
      { name: 'a', content: 'hello' },
      { name: 'f', filename: 'x.txt', type: 'text/plain; charset=ascii', content: 'data' },
      { name: 'g', filename: '' },
    );
    const seen: unknown[] = [];
    for await (const part of formParts(inputOf(body), OPTIONS)) {
      const { name, filename, isFile, contentType } = part;
      seen.push([name, filename, isFile, contentType, part.headers.size, await part.text()]);
    }
    expect(seen).toEqual([
      ['a', undefined, false, undefined, 1, 'hello'],
      ['f', 'x.txt', true, 'text/plain; charset=ascii', 2, 'data'],
      ['g', '', true, undefined, 1, ''],
    ]);
  });

  it('gives the same however the body is cut', async () => {
    const content = fc
      .array(fc.constantFrom('\r\n', '--b', '--', 'x', '\r', 'hello'))
      .map((pieces) => `x${pieces.join('').replaceAll('\r\n--b', '\r\n--c')}`);
    const parts = fc.array(fc.record({ name: fc.constantFrom('a', 'b'), content }), {
      maxLength: 4,
    });
    const runs = fc.asyncProperty(parts, fc.integer({ min: 1, max: 50 }), async (sent, size) => {
      const read = await readAll(inputOf(multipartBody(...sent), size));
      expect(read.map(({ name, text }) => ({ name, content: text }))).toEqual(sent);
    });
    await fc.assert(runs);
  });

  it('reads a part as chunks, bytes, text or a stream', async () => {
    const content = 'ab'.repeat(1000);
    const part = { name: 'a', content };
    const ways: ((part: FormPart) => Promise<string>)[] = [
      async (part) => text(await part.bytes()),
      (part) => part.text(),
      (part) => new Response(part.stream()).text(),
      async (part) => {
        let read = '';
        for await (const chunk of part) read += text(chunk);
        return read;
      },
    ];
    for (const size of [100, 10_000]) {
      const seen: string[] = [];
      const body = multipartBody(...ways.map(() => part));
      await forEach(inputOf(body, size), async (part) => seen.push(await ways[seen.length]!(part)));
      expect(seen).toEqual(ways.map(() => content));
    }
  });

  it('decodes text by the charset of the part', async () => {
    const content = Uint8Array.of(0xe9);
    const body = multipartBody(
      { name: 'a', type: 'text/plain; charset=ISO-8859-1', content },
      { name: 'b', content },
      { name: 'c', content: 'é' },
    );
    expect((await readAll(inputOf(body))).map((part) => part.text)).toEqual(['é', '\ufffd', 'é']);
  });

  it('skips what is left of a part when the loop goes on', async () => {
    const large = 'x'.repeat(300_000);
    const body = multipartBody(
      { name: 'a', content: large },
      { name: 'b', filename: 'f', content: large },
      { name: 'c', content: 'end' },
    );
    const names: string[] = [];
    await forEach(inputOf(body, 1000), async (part) => {
      names.push(part.name);
      if (part.name === 'b') for await (const _ of part) break;
      if (part.name === 'c') expect(await part.text()).toBe('end');
    });
    expect(names).toEqual(['a', 'b', 'c']);
  });

  it('reads a chunk when the one before is used up, and no more when the loop is left', async () => {
    const upload = endlessUpload();
    for await (const part of formParts(upload.input, OPTIONS)) {
      expect(upload.taken).toBe(0);
      const content = part[Symbol.asyncIterator]();
      await content.next();
      expect(upload.taken).toBe(1);
      await content.return();
      const reader = part.stream().getReader();
      await expect(reader.read()).rejects.toThrow(BodyConsumedError);
      expect(upload.taken).toBe(1);
      break;
    }
    expect(upload.taken).toBe(1);
  });

  it('reads ahead of nobody through a stream', async () => {
    const upload = endlessUpload();
    for await (const part of formParts(upload.input, OPTIONS)) {
      const stream = part.stream();
      await new Promise(setImmediate);
      expect(upload.taken).toBe(0);
      const reader = stream.getReader();
      await reader.read();
      expect(upload.taken).toBe(1);
      await reader.cancel();
      break;
    }
  });

  it('refuses to read a part twice, or one that is over', async () => {
    const body = multipartBody({ name: 'a', content: 'xyz' }, { name: 'b', content: 'xyz' });
    const parts: FormPart[] = [];
    for await (const part of formParts(inputOf(body, 1), OPTIONS)) {
      parts.push(part);
      if (part.name === 'b') {
        await expect(parts[0]!.text()).rejects.toThrow('The part "a" of the form is over');
        await part.text();
        await expect(part.bytes()).rejects.toThrow(
          'The part "b" of the form can be read only once',
        );
        await expect(part[Symbol.asyncIterator]().next()).rejects.toThrow(BodyConsumedError);
      }
    }
    await expect(parts[0]!.bytes()).rejects.toThrow(BodyConsumedError);
  });

  it('refuses to go on while a part is being read, and to read on when it is over', async () => {
    const body = multipartBody({ name: 'a', content: 'xyz' }, { name: 'b' });
    const parts = formParts(inputOf(body, 1), OPTIONS);
    const { value: part } = await parts.next();
    const read = part!.text();
    await expect(parts.next()).rejects.toThrow('The form is being read already');
    await expect(read).rejects.toThrow(BodyConsumedError);

    const others = formParts(inputOf(body, 1), OPTIONS);
    const chunks = (await others.next()).value![Symbol.asyncIterator]();
    await chunks.next();
    await others.next();
    await expect(chunks.next()).rejects.toThrow(BodyConsumedError);
  });
});

describe('a form that is malformed', () => {
  const whole = multipartBody(
    { name: 'a', content: 'hello' },
    { name: 'f', filename: 'x', content: 'y' },
  );

  it('is a 400 wherever it ends too soon', async () => {
    const end = whole.length - '\r\n'.length;
    for (let length = 0; length < end; length++) {
      await expect(readAll(inputOf(whole.subarray(0, length))), `${length}`).rejects.toThrow(
        BadRequest,
      );
    }
    expect((await readAll(inputOf(whole.subarray(0, end)))).length).toBe(2);
  });

  it('is a 400 without a boundary, and without a name', async () => {
    for (const options of [
      {},
      { boundary: '' },
      { boundary: 'ü' },
      Object.create({ boundary: 'b' }),
    ]) {
      const first = formParts(inputOf(whole), options).next();
      await expect(first).rejects.toThrow(BadRequest);
    }
    const nameless = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n';
    await expect(readAll(inputOf(nameless))).rejects.toThrow(BadRequest);
  });

  it('fails for the loop as well when a part has failed', async () => {
    const cut = whole.subarray(0, 52);
    const parts = formParts(inputOf(cut), OPTIONS);
    const part = (await parts.next()).value!;
    await expect(part.text()).rejects.toThrow(BadRequest);
    await expect(parts.next()).rejects.toThrow(BadRequest);
  });

  it('tells a client that has gone from one that is mistaken', async () => {
    await expect(readAll(brokenInput(whole.subarray(0, 70)))).rejects.toThrow(ClientDisconnected);
    const parts = formParts(brokenInput(whole.subarray(0, 52)), OPTIONS);
    const part = (await parts.next()).value!;
    await expect(part.bytes()).rejects.toThrow(ClientDisconnected);
    await expect(parts.next()).rejects.toThrow(ClientDisconnected);
  });
});

describe('the limits of parts', () => {
  const part = (size: number) => ({ name: 'a', content: 'x'.repeat(size) });

  it('bound what all parts keep in memory together', async () => {
    const body = multipartBody(part(400), { ...part(400), filename: 'f' }, part(201));
    const limits = { maxFormMemorySize: 1000 };
    await expect(readAll(inputOf(body), limits)).rejects.toThrow(RequestEntityTooLarge);
    expect((await readAll(inputOf(body), { maxFormMemorySize: 1001 })).length).toBe(3);
    for (const size of [500_000, 500_001]) {
      const read = readAll(inputOf(multipartBody(part(size)), 1000));
      if (size === 500_000) expect((await read).length).toBe(1);
      else await expect(read).rejects.toThrow('more than the 500000 bytes');
    }
  });

  it('have to be numbers', async () => {
    const read = readAll(inputOf(''), { maxFormMemorySize: Number.NaN });
    await expect(read).rejects.toThrow(ArgumentError);
  });

  it('do not bound what is streamed', async () => {
    let size = 0;
    const body = multipartBody(part(600_000));
    await forEach(inputOf(body), async (part) => {
      for await (const chunk of part) size += chunk.length;
    });
    expect(size).toBe(600_000);
  });

  it('bound the number of parts and the size of their headers', async () => {
    const body = (count: number) => inputOf(multipartBody(...Array(count).fill(part(0))));
    expect((await readAll(body(1000))).length).toBe(1000);
    await expect(readAll(body(1001))).rejects.toThrow(RequestEntityTooLarge);
    await expect(readAll(body(3), { maxFormParts: 2 })).rejects.toThrow(RequestEntityTooLarge);
    const small = { maxPartHeaderSize: 10 };
    await expect(readAll(body(1), small)).rejects.toThrow(RequestEntityTooLarge);
    const three =
      '--b\r\nContent-Disposition: form-data; name="a"\r\nX: 1\r\nY: 2\r\n\r\n\r\n--b--\r\n';
    expect((await readAll(inputOf(three), { maxPartHeaders: 3 })).length).toBe(1);
    const two = { maxPartHeaders: 2 };
    await expect(readAll(inputOf(three), two)).rejects.toThrow(RequestEntityTooLarge);
  });
});

it('a part of bytes is a copy that keeps no chunk alive', async () => {
  const body = multipartBody({ name: 'a', content: 'x' });
  await forEach(inputOf(body), async (part) => {
    const content = await part.bytes();
    expect(content.buffer.byteLength).toBe(1);
    expect(content).toEqual(bytes('x'));
  });
});
