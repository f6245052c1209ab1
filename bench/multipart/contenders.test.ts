import { describe, expect, it } from 'vitest';
import { decodesRightly, hasError } from './check.ts';
import { CONTENDERS, OURS } from './contenders.ts';
import { fields, filled, largeFile, singleBytes, TRUNCATED, tinyParts } from './workloads.ts';

const BODIES = {
  'a form in one chunk': fields(3),
  'a file in many chunks': largeFile(131_072),
  'a file that looks like delimiters': filled('\r\n--', 100_000, 4_096),
  'many parts': tinyParts(200),
};

describe('the contenders', () => {
  it('begin with ours', () => {
    expect(CONTENDERS[0]!.name).toBe(OURS);
  });

  for (const { name, load } of CONTENDERS) {
    it(`find what is in a body: ${name}`, async () => {
      const decode = await load();
      for (const [what, body] of Object.entries(BODIES)) {
        expect(await decodesRightly(decode, body), what).toBe(true);
      }
    });
  }

  it('are found out where they are wrong', async () => {
    const decode = await CONTENDERS[0]!.load();
    expect(await decodesRightly(decode, { ...fields(3), parts: 2 })).toBe(false);
    expect(await decodesRightly(decode, { ...fields(3), contentBytes: 2 })).toBe(false);
    expect(await decodesRightly(decode, { ...fields(3), boundary: 'other' })).toBe(false);
  });
});

describe('ours', () => {
  it('decodes single bytes', async () => {
    expect(await decodesRightly(await CONTENDERS[0]!.load(), singleBytes(2_000))).toBe(true);
  });

  for (const [name, body] of Object.entries(TRUNCATED)) {
    it(`has an error for a body that is cut off ${name}`, async () => {
      expect(await hasError(await CONTENDERS[0]!.load(), body)).toBe(true);
    });
  }
});
