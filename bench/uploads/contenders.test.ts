import { describe, expect, it } from 'vitest';
import { codeUnderTest } from '../lib/code-under-test.ts';
import { startServer } from '../lib/server-process.ts';
import { oneFile, tinyParts } from './bodies.ts';
import { BUSBOY, FORM, FORM_ALL, FORM_DATA, PARTS } from './contenders.ts';
import { postBody } from './post-body.ts';
import { outcome } from './workload.ts';

const code = codeUnderTest(['core', 'wrappers', 'serving']);

describe.skipIf(process.platform !== 'linux')('the contenders', () => {
  for (const contender of [FORM, FORM_ALL, PARTS, BUSBOY, FORM_DATA]) {
    it(`find what is in an upload: ${contender.name}`, async () => {
      const flags = contender.ours ? code.nodeFlags : [];
      const server = await startServer([...flags, ...contender.command], 0);
      try {
        const file = await postBody(server.url, oneFile(3_000_001));
        expect(outcome(file, { parts: 1, bytes: 3_000_001 })).toBe('read');
        const parts = await postBody(server.url, tinyParts(5_000));
        const expected = contender === FORM ? 'refused: 413' : 'read';
        expect(outcome(parts, { parts: 5_000, bytes: 0 })).toBe(expected);
      } finally {
        await server.stop();
      }
    });
  }
});

describe('outcome', () => {
  const expected = { parts: 1, bytes: 2 };

  it('takes no server for right that found something else, or failed', () => {
    const wrong = { status: 200, text: '{"parts":1,"bytes":1}' };
    expect(() => outcome(wrong, expected)).toThrow('{"parts":1,"bytes":1}, not {"parts":1');
    expect(() => outcome({ status: 500, text: 'x' }, expected)).toThrow('answered 500: x');
  });
});

describe('the bodies', () => {
  it('are as long as they say', () => {
    for (const { length, chunks } of [
      oneFile(0),
      oneFile(200_000),
      tinyParts(1),
      tinyParts(5_000),
    ]) {
      expect([...chunks].reduce((sum, chunk) => sum + chunk.length, 0)).toBe(length);
    }
  });
});
