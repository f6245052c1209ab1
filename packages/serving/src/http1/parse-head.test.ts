import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACTS } from '../../test/facts.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { COMPLETE, HeadParser, REFUSED } from './parse-head.ts';
import { readRawHeaders } from './raw-headers.ts';

/** Feeds a head piece by piece, as a connection does: what is not consumed comes again. */
function parseInPieces(pieces: Buffer[], limits: Partial<Limits> = {}) {
  const parser = new HeadParser({ ...DEFAULT_LIMITS, ...limits }, FACTS);
  let rest = Buffer.alloc(0);
  let consumed = 0;
  for (const piece of pieces) {
    rest = Buffer.concat([rest, piece]);
    const at = parser.parse(rest, 0, rest.length);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThanOrEqual(rest.length);
    consumed += at;
    rest = rest.subarray(at);
    if (parser.phase === COMPLETE || parser.phase === REFUSED) break;
    if (parser.exceedsLine(rest.length)) break;
  }
  return { parser, consumed };
}

function verdict({ parser, consumed }: ReturnType<typeof parseInPieces>): unknown {
  if (parser.phase === REFUSED) return parser.refusal;
  if (parser.phase !== COMPLETE) return 'incomplete';
  const { environ, framing } = parser;
  return { environ: { ...environ }, framing, raw: readRawHeaders(parser.pieces), consumed };
}

function cut(text: string, cuts: number[]): Buffer[] {
  const octets = Buffer.from(text, 'latin1');
  const places = [...new Set(cuts.map((place) => place % (octets.length + 1)))].sort(
    (a, b) => a - b,
  );
  const pieces: Buffer[] = [];
  let start = 0;
  for (const place of [...places, octets.length]) {
    pieces.push(Buffer.from(octets.subarray(start, place)));
    start = place;
  }
  return pieces;
}

const token = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,12}$/);
const value = fc.stringMatching(
  /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]{0,30}[\x21-\x7e])?)?$/,
);
const blanks = fc.stringMatching(/^[ \t]{0,3}$/);
const target = fc.stringMatching(/^\/[!$-;=@-Z_a-z~?&]{0,40}$/);
const field = fc
  .tuple(token, blanks, value, blanks)
  .map(([name, before, text, after]) => `X-${name}:${before}${text}${after}\r\n`);
const head = fc
  .tuple(token, target, fc.constantFrom('HTTP/1.1', 'HTTP/1.0'), fc.array(field))
  .filter(([method]) => method !== 'CONNECT')
  .map(([method, path, version, fields]) =>
    [`${method} ${path} ${version}\r\n`, 'Host: a\r\n', ...fields, '\r\n'].join(''),
  );
const cuts = fc.array(fc.nat(), { maxLength: 20 });

describe('HeadParser', () => {
  it('takes a valid head for the same however it is cut', () => {
    fc.assert(
      fc.property(head, cuts, fc.string(), (text, places, behind) => {
        const whole = parseInPieces([Buffer.from(text + behind, 'latin1')]);
        expect(whole.parser.phase).toBe(COMPLETE);
        expect(whole.consumed).toBe(text.length);
        expect(verdict(parseInPieces(cut(text, places)))).toEqual(verdict(whole));
      }),
      { numRuns: 300 },
    );
  });

  it('says of any octets the same however they are cut, and never throws', () => {
    const nearly = fc.tuple(
      head,
      fc.nat(),
      fc.constantFrom('', '\r', '\n', ' ', '\0', ':', '\x80'),
      fc.nat(2),
    );
    const broken = nearly.map(([text, at, insert, removed]) => {
      const place = at % text.length;
      return text.slice(0, place) + insert + text.slice(place + removed);
    });
    const noise = fc.uint8Array({ maxLength: 200 }).map((a) => Buffer.from(a).toString('latin1'));
    fc.assert(
      fc.property(fc.oneof(broken, noise), cuts, (text, places) => {
        const whole = parseInPieces([Buffer.from(text, 'latin1')]);
        expect(verdict(parseInPieces(cut(text, places)))).toEqual(verdict(whole));
      }),
      { numRuns: 1000 },
    );
  });

  it('reads raw headers as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(token, value), { maxLength: 90 }), (fields) => {
        const lines = fields.map(([name, text]) => `x-${name}: ${text}\r\n`).join('');
        const { parser } = parseInPieces([Buffer.from(`GET / HTTP/1.0\r\n${lines}\r\n`, 'latin1')]);
        expect(parser.phase).toBe(COMPLETE);
        expect(readRawHeaders(parser.pieces)).toEqual(
          fields.map(([name, text]) => [`x-${name}`, text]),
        );
      }),
    );
  });

  it('never finds a key by its hash alone', () => {
    const names = new Map<number, string>();
    const pairs: [string, string][] = [];
    for (let i = 0; i < 300_000 && pairs.length < 3; i++) {
      const name = `X${i.toString(36).toUpperCase()}`;
      let hash = 0;
      for (const c of Buffer.from(name)) hash = (Math.imul(hash, 31) + c) | 0;
      const other = names.get(hash);
      if (other !== undefined) pairs.push([other, name]);
      names.set(hash, name);
    }
    expect(pairs).toHaveLength(3);
    for (const [one, two] of pairs) {
      const text = `GET / HTTP/1.0\r\n${one}: 1\r\n${two}: 2\r\n${one}: 3\r\n\r\n`;
      const { parser } = parseInPieces([Buffer.from(text)]);
      expect(parser.environ).toMatchObject({ [`HTTP_${one}`]: '1, 3', [`HTTP_${two}`]: '2' });
    }
  });
});
