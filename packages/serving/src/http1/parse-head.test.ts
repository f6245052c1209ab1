import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACTS } from '../../test/facts.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { COMPLETE, HeadParser, REFUSED } from './parse-head.ts';
import { readRawHeaders } from './raw-headers.ts';
import { BAD_CONTENT_LENGTH, REPEATED_HOST } from './refusals.ts';

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

  it('joins and refuses repeated names wherever other heads come between the parts of one', () => {
    const parts = (lines: string[]) => {
      const parser = new HeadParser(DEFAULT_LIMITS, FACTS);
      for (const part of ['GET / HTTP/1.1\r\n', ...lines, '\r\n']) {
        const octets = Buffer.from(part);
        parser.parse(octets, 0, octets.length);
        const other = parseInPieces([
          Buffer.from('GET / HTTP/1.1\r\nHost: b\r\nX-A: 9\r\nContent-Length: 0\r\n\r\n'),
        ]);
        expect(other.parser.environ).toMatchObject({ HTTP_HOST: 'b', HTTP_X_A: '9' });
      }
      return parser;
    };
    const joined = parts(['Host: a\r\nX-A: 1\r\nX-A: 2\r\n', 'X-A: 3\r\n', 'X-A: 4\r\n']);
    expect(joined.environ).toMatchObject({ HTTP_HOST: 'a', HTTP_X_A: '1, 2, 3, 4' });
    expect(parts(['Host: a\r\n', 'Host: a\r\n']).refusal).toBe(REPEATED_HOST);
    const lengths = parts(['Host: a\r\nContent-Length: 0\r\n', 'Content-Length: 0\r\n']);
    expect(lengths.refusal).toBe(BAD_CONTENT_LENGTH);
  });

  it('notices a repeated name however many fields stand between', () => {
    const between = Array.from({ length: 90 }, (_, i) => `X-Between-${i}: ${i}\r\n`).join('');
    const text = (field: string) => `GET / HTTP/1.1\r\n${field}\r\n${between}${field}\r\n\r\n`;
    const twice = (field: string) => parseInPieces([Buffer.from(text(field))]).parser;
    expect(twice('Host: a').refusal).toBe(REPEATED_HOST);
    expect(twice('Content-Length: 0').refusal).toBe(BAD_CONTENT_LENGTH);
    const tooLongToKeep = `X-${'a'.repeat(100)}`;
    const { environ } = parseInPieces([
      Buffer.from(text(`${tooLongToKeep}: 1`).replace('X-Between-0', 'Host')),
    ]).parser;
    expect(environ?.[`HTTP_X_${'A'.repeat(100)}`]).toBe('1, 1');
    expect(environ?.HTTP_X_BETWEEN_89).toBe('89');
  });

  it('takes pipelined heads for what they are alone', () => {
    fc.assert(
      fc.property(fc.array(head, { maxLength: 30 }), (texts) => {
        const octets = Buffer.from(texts.join(''), 'latin1');
        let at = 0;
        for (const text of texts) {
          const parser = new HeadParser(DEFAULT_LIMITS, FACTS);
          const consumed = parser.parse(octets, at, octets.length) - at;
          at += consumed;
          expect(verdict({ parser, consumed })).toEqual(
            verdict(parseInPieces([Buffer.from(text, 'latin1')])),
          );
        }
      }),
    );
  });

  it('reads a name for itself, whatever came behind the one before it the last time', () => {
    const fields = ['Accept', 'Accept-Language', 'Accept-Encoding', 'Acc', 'X-Accept', 'accept'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...fields), { maxLength: 12 }), (names) => {
        const lines = names.map((name, i) => `${name}: ${i}\r\n`).join('');
        const { parser } = parseInPieces([Buffer.from(`GET / HTTP/1.0\r\n${lines}\r\n`)]);
        const expected = new Map<string, string>();
        for (const [i, name] of names.entries()) {
          const key = `HTTP_${name.toUpperCase().replaceAll('-', '_')}`;
          const earlier = expected.get(key);
          expected.set(key, earlier === undefined ? `${i}` : `${earlier}, ${i}`);
        }
        const found = Object.entries(parser.environ!).filter(([key]) => key.startsWith('HTTP_'));
        expect(found).toEqual([...expected]);
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
