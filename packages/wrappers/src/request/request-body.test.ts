import { ChunkInput } from '@werkstatt/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyConsumedError } from '../errors/wrapper-errors.ts';
import { bytes } from '../testing/environ.ts';
import { RequestBody } from './request-body.ts';

const CONTENT = 'the whole body';

function bodyOf(size: number): RequestBody {
  const content = bytes(CONTENT);
  function* chunks() {
    for (let start = 0; start < content.length; start += size) {
      yield content.subarray(start, start + size);
    }
  }
  return new RequestBody({
    open: () => new ChunkInput(chunks()),
    length: undefined,
    isOver: () => false,
  });
}

/** The ways to read it to its end. */
const READERS: Readonly<Record<string, (body: RequestBody) => Promise<Uint8Array>>> = {
  bytes: (body) => body.bytes(100),
  keepFor: (body) => body.keepFor('a reader', 100),
  bytesFor: (body) => body.bytesFor('a reader', 100),
  take: (body) => body.take('a reader').read(),
};

describe('RequestBody', () => {
  it('gives every reader the whole body or an error, in any order and at the same time', async () => {
    const names = fc.array(fc.constantFrom(...Object.keys(READERS)), { minLength: 1 });
    const law = fc.asyncProperty(names, fc.boolean(), fc.integer({ min: 1, max: 20 }), check);
    await fc.assert(law);

    async function check(readers: string[], atOnce: boolean, size: number): Promise<void> {
      const body = bodyOf(size);
      const results: Promise<PromiseSettledResult<Uint8Array>>[] = [];
      for (const name of readers) {
        const result = Promise.allSettled([READERS[name]!(body)]).then(([settled]) => settled);
        results.push(result);
        if (!atOnce) await result;
      }
      const settled = await Promise.all(results);
      expect(settled[0]?.status).toBe('fulfilled');
      for (const result of settled) {
        if (result.status === 'fulfilled') expect(result.value).toEqual(bytes(CONTENT));
        else expect(result.reason).toBeInstanceOf(BodyConsumedError);
      }
      const keeps = readers.findIndex((name) => name === 'bytes' || name === 'keepFor');
      const takes = readers.findIndex((name) => name === 'bytesFor' || name === 'take');
      const isKept = keeps >= 0 && (takes < 0 || keeps < takes);
      const failed = settled.filter(({ status }) => status === 'rejected');
      expect(failed.length).toBe(isKept ? 0 : readers.length - 1);
    }
  });

  it('opens its input once, and not before it is read', async () => {
    let opened = 0;
    const open = () => {
      opened++;
      return new ChunkInput([bytes(CONTENT)]);
    };
    const body = new RequestBody({ open, length: undefined, isOver: () => false });
    const taken = body.take('a reader');
    expect(opened).toBe(0);
    expect(body.stream).toBe(body.stream);
    expect(await taken.read(3)).toEqual(bytes('the'));
    expect(await taken.read()).toEqual(bytes(CONTENT.slice(3)));
    expect(opened).toBe(1);
  });

  it('hands out bytes of their own, also after others have looked at them', async () => {
    const shared = new Uint8Array(100);
    shared.set(bytes(CONTENT), 20);
    const part = shared.subarray(20, 20 + CONTENT.length);
    const open = () => new ChunkInput([part]);
    const make = () => new RequestBody({ open, length: undefined, isOver: () => false });

    const body = make();
    expect(await body.view(100)).toBe(part);
    const streamed = await body.stream.read();
    const whole = await body.bytes(100);
    shared.fill(0);
    for (const own of [streamed, whole, await body.view(100)]) {
      expect(own).toEqual(bytes(CONTENT));
      expect(own.buffer.byteLength).toBe(CONTENT.length);
    }
    expect(await body.bytes(100)).toBe(whole);
  });
});
