import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkedDecoder } from './chunked.ts';
import { DEFAULT_LIMITS } from './limits.ts';

/** Decodes packets; each is a copy, for the decoder may rearrange what it gets. */
function decode(packets: Buffer[]) {
  const decoder = new ChunkedDecoder(DEFAULT_LIMITS);
  const pieces: Buffer[] = [];
  let rest = '';
  for (const packet of packets) {
    const octets = Buffer.from(packet);
    const at = decoder.decode(octets, 0, octets.length, (data) => pieces.push(Buffer.from(data)));
    if (decoder.complete || decoder.refusal !== null) {
      rest += packet.subarray(at).toString('latin1');
    } else expect(at).toBe(octets.length);
  }
  const data = Buffer.concat(pieces).toString('latin1');
  return {
    data,
    pieces: pieces.length,
    complete: decoder.complete,
    refusal: decoder.refusal,
    trailers: decoder.trailers,
    rest,
  };
}

function split(text: string, sizes: number[]): Buffer[] {
  const octets = Buffer.from(text, 'latin1');
  const packets: Buffer[] = [];
  let at = 0;
  for (const size of sizes) {
    packets.push(octets.subarray(at, at + size));
    at += size;
  }
  packets.push(octets.subarray(Math.min(at, octets.length)));
  return packets;
}

const chunk = fc.tuple(
  fc.uint8Array({ minLength: 1, maxLength: 3000 }).map((a) => Buffer.from(a).toString('latin1')),
  fc.constantFrom('', ';a', ';a=b', '; a="b c"', ' ;x', '\t;x=y;z'),
  fc.constantFrom('', '0', '000'),
  fc.boolean(),
);
const trailer = fc.tuple(
  fc.stringMatching(/^[A-Za-z_-]{1,10}$/),
  fc.stringMatching(/^(?:[!-~](?:[ -~]{0,20}[!-~])?)?$/),
);

describe('ChunkedDecoder', () => {
  it('gives back what was coded, however it is cut into packets', () => {
    fc.assert(
      fc.property(
        fc.array(chunk, { maxLength: 8 }),
        fc.array(trailer, { maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }),
        fc.string(),
        (chunks, trailers, sizes, behind) => {
          const coded = chunks
            .map(([data, extension, zeros, upper]) => {
              const size = data.length.toString(16);
              return `${zeros}${upper ? size.toUpperCase() : size}${extension}\r\n${data}\r\n`;
            })
            .concat('0\r\n', ...trailers.map(([name, value]) => `${name}: ${value}\r\n`), '\r\n')
            .join('');
          const behindLatin1 = Buffer.from(behind).toString('latin1');
          const result = decode(split(coded + behindLatin1, sizes));
          expect(result.refusal).toBeNull();
          expect(result.complete).toBe(true);
          expect(result.data).toBe(chunks.map(([data]) => data).join(''));
          expect(result.trailers).toEqual(trailers);
          expect(result.rest).toBe(behindLatin1);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('says of any octets the same however they are cut, and never throws', () => {
    const near = fc
      .array(
        fc.constantFrom(
          '0',
          '1',
          '3',
          'a',
          'F',
          '\r\n',
          '\r',
          '\n',
          ';',
          ' ',
          'x',
          ':',
          'abc',
          '1\r\na\r\n',
          '0\r\n\r\n',
        ),
      )
      .map((parts) => parts.join(''));
    const noise = fc.uint8Array().map((a) => Buffer.from(a).toString('latin1'));
    const sizes = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(near, noise), sizes, (text, cuts) => {
        const { pieces: _one, ...whole } = decode(split(text, []));
        const { pieces: _many, ...inPackets } = decode(split(text, cuts));
        expect(inPackets).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['0\r\n\r\n', ''],
    ['3\r\nabc\r\n0\r\n\r\n', 'abc'],
    ['00003\r\nabc\r\n000\r\n\r\n', 'abc'],
    ['A\r\n0123456789\r\n0\r\n\r\n', '0123456789'],
    ['3;x\r\nabc\r\n0;y="z"\r\n\r\n', 'abc'],
  ])('decodes %j', (coded, data) => {
    expect(decode([Buffer.from(coded)])).toMatchObject({ data, complete: true });
  });

  it.each([
    '\r\n',
    ' 3\r\n',
    '+3\r\n',
    '-3\r\n',
    '0x3\r\n',
    '3\n',
    '3\r\r\n',
    '3 \r\n',
    '3;\r\n',
    '3;a\n',
    '3;a\0\r\n',
    'g\r\n',
    '3\r\nabcd',
    '3\r\nabc\n',
    '3\r\nabc\r\r',
    '0\r\na\r\n',
    '0\r\n: b\r\n',
    '0\r\na : b\r\n',
    '0\r\n a: b\r\n',
    '0\r\na: \x7f\r\n',
    '0\r\na: b\n',
    '0\r\nContent-Length: 5\r\n',
    '0\r\ntransfer-encoding: chunked\r\n',
    '0\r\nHost: a\r\n',
    '0\r\n\n',
    '0\r\n\r\r\n',
    '20000000000000\r\n',
  ])('refuses %j', (coded) => {
    expect(decode([Buffer.from(coded, 'latin1')]).refusal?.status).toBe('400 Bad Request');
    const octets = [...Buffer.from(coded, 'latin1')].map((octet) => Buffer.from([octet]));
    expect(decode(octets).refusal?.status).toBe('400 Bad Request');
  });

  it('hands on 100,000 tiny chunks in few pieces', () => {
    const coded = Buffer.from(`${'1\r\na\r\n'.repeat(100_000)}0\r\n\r\n`);
    const packets: Buffer[] = [];
    for (let at = 0; at < coded.length; at += 65_536) packets.push(coded.subarray(at, at + 65_536));
    const result = decode(packets);
    expect(result.data.length).toBe(100_000);
    expect(result.pieces).toBe(packets.length);
  });
});
