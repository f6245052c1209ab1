import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeMultipart,
  eventsOf,
  octetsOf,
  oneField,
  onePart,
  partsOf,
  shorten,
  textOf,
} from '../testing/decode-multipart.ts';
import { MultipartDecoder } from './multipart-decoder.ts';
import type { MultipartEvent } from './multipart-events.ts';

const FIELD = 'Content-Disposition: form-data; name="a"';
const FORM =
  `--b\r\n${FIELD}\r\n\r\nhello\r\n` +
  '--b\r\nContent-Disposition: form-data; name="f"; filename="x.txt"\r\n' +
  'Content-Type: text/plain\r\n\r\nline1\r\nline2\r\n--b--\r\n';

const ENDED = 'has ended before its last boundary';

/** The data of a body of one part. */
function dataOf(body: string | readonly string[]): string | undefined {
  return partsOf(decodeMultipart(body))[0]?.[1];
}

describe('MultipartDecoder', () => {
  it('tells fields, files and their data', () => {
    const expected = [
      ['preamble', ''],
      ['field', 'a'],
      ['data', 'hello'],
      ['file', 'f', 'x.txt'],
      ['data', 'line1\r\nline2'],
      ['epilogue', ''],
    ];
    expect(decodeMultipart(FORM)).toEqual(expected);
    expect(decodeMultipart([...FORM])).toEqual(expected);
  });

  it('tells the preamble and the epilogue, which have no meaning', () => {
    const body = `pre\r\namble\r\n${oneField('1')}epi\r\nlogue`;
    const expected = [
      ['preamble', 'pre\r\namble'],
      ['field', 'a'],
      ['data', '1'],
      ['epilogue', 'epi\r\nlogue'],
    ];
    expect(decodeMultipart(body)).toEqual(expected);
    expect(decodeMultipart([...body])).toEqual(expected);
    expect(decodeMultipart(`\r\n\r\n${oneField('1')}`)[0]).toEqual(['preamble', '\r\n']);
  });

  it('takes the boundary for text where no line begins with it', () => {
    expect(partsOf(decodeMultipart(`a --b\r\n--bb\r\n--b x\r\n${oneField('1')}`))).toEqual([
      ['a', '1'],
    ]);
    expect(dataOf(`x--b\r\n${oneField('x--b\r\n')}`)).toBe('x--b\r\n');
  });

  it('decodes a form without parts', () => {
    const expected = [
      ['preamble', ''],
      ['epilogue', ''],
    ];
    for (const body of ['--b--', '--b--\r\n', '--b-- \r\n', '--b--\n']) {
      expect(decodeMultipart(body)).toEqual(expected);
      expect(decodeMultipart([...body])).toEqual(expected);
    }
  });

  it('decodes empty parts, also where the empty line is that of the delimiter', () => {
    expect(dataOf(oneField(''))).toBe('');
    const body = `--b\r\n${FIELD}\r\n\r\n--b\r\n${FIELD}\r\n\r\n--b--`;
    expect(partsOf(decodeMultipart(body))).toEqual([
      ['a', ''],
      ['a', ''],
    ]);
    expect(decodeMultipart([...body])).toEqual(decodeMultipart(body));
  });

  it.each(['\r', '\n', '\r\n', '\n\r', '\r\r', '\r\n\r\n', 'A\r', '\r\nA\n', '--', '-', '\r\n--'])(
    'keeps newlines and dashes at the ends of data: %j',
    (text) => {
      for (const data of [text, `${text}B`, `B${text}`, text + text]) {
        expect(dataOf(oneField(data))).toBe(data);
        expect(dataOf([...oneField(data)])).toBe(data);
      }
    },
  );

  it('takes a line that only begins like a delimiter for data', () => {
    for (const line of ['--bX', '--b-', '--b-X', '--b X', '--b\n', '--b\r', '--b \t-', '--b\r\r']) {
      const data = `x\r\n${line}\r\ny\r\n${line}`;
      expect(dataOf(oneField(data))).toBe(data);
      expect(dataOf([...oneField(data)])).toBe(data);
    }
  });

  it('takes blanks behind a boundary', () => {
    const body = `--b  \r\n${FIELD}\r\n\r\n1\r\n--b \t\r\n${FIELD}\r\n\r\n2\r\n--b--  \r\nend`;
    expect(decodeMultipart(body).slice(1)).toEqual([
      ['field', 'a'],
      ['data', '1'],
      ['field', 'a'],
      ['data', '2'],
      ['epilogue', 'end'],
    ]);
    expect(decodeMultipart([...body])).toEqual(decodeMultipart(body));
  });

  it('refuses more blanks behind a boundary than anyone sends', () => {
    const padded = (count: number) => `--b${' '.repeat(count)}\r\n${oneField('1').slice(5)}`;
    expect(dataOf(padded(64))).toBe('1');
    expect(() => decodeMultipart(padded(65))).toThrow('more than 64 blanks behind a boundary');
    expect(() => decodeMultipart([...padded(65)])).toThrow('more than 64 blanks');
    expect(() => decodeMultipart(oneField(`1\r\n--b${' '.repeat(1_000)}x`))).toThrow('blanks');
  });

  it('takes the last boundary for the end, whatever follows it on its line', () => {
    expect(decodeMultipart(`${oneField('1').trimEnd()}x\r\n--b\r\n`).slice(1)).toEqual([
      ['field', 'a'],
      ['data', '1'],
      ['epilogue', 'x\r\n--b\r\n'],
    ]);
  });

  it('decodes what fetch sends', async () => {
    const form = new FormData();
    form.append('text', 'Grüße, 世界\n');
    form.append('a"b\\c', '');
    form.append('file', new File(['\0\r\n--'], 'Übersicht "final".jpg', { type: 'image/jpeg' }));
    const response = new Response(form);
    const boundary = response.headers.get('content-type')!.split('boundary=')[1]!;
    const body = textOf(new Uint8Array(await response.arrayBuffer()));
    const expected = [
      ['text', Buffer.from('Grüße, 世界\r\n').toString('latin1')],
      ['a"b\\c', ''],
      ['file', 'Übersicht "final".jpg', '\0\r\n--'],
    ];
    expect(partsOf(decodeMultipart(body, {}, boundary))).toEqual(expected);
    expect(partsOf(decodeMultipart([...body], {}, boundary))).toEqual(expected);
  });

  it('takes a boundary of characters that mean something in a pattern', () => {
    const boundary = '.*+?^$(){}[]|\\';
    const body = FORM.replaceAll('--b', () => `--${boundary}`);
    expect(decodeMultipart(body, {}, boundary)).toEqual(decodeMultipart(FORM));
  });

  it('takes a boundary of dashes in data of dashes', () => {
    const boundary = '-'.repeat(60);
    const data = `x${'-'.repeat(500)}\r\n${'-'.repeat(61)}\r\n-`;
    const body = oneField('X').replaceAll('--b', () => `--${boundary}`);
    const events = decodeMultipart(body.replace('X', data), {}, boundary);
    expect(partsOf(events)).toEqual([['a', data]]);
  });

  it('gives data before it knows where that ends, without a copy', () => {
    const decoder = new MultipartDecoder('b');
    const take = (text: string) => {
      const chunk = octetsOf(text);
      decoder.receiveData(chunk);
      const events = [];
      for (let event = decoder.nextEvent(); event; event = decoder.nextEvent()) events.push(event);
      return { chunk, events };
    };
    take(`--b\r\n${FIELD}\r\n\r\n`);
    const whole = take('one');
    expect(whole.events).toMatchObject([{ type: 'data', moreData: true }]);
    expect(whole.events[0]).toHaveProperty('data', whole.chunk);
    const part = take('two\r\n-').events[0] as { data: Uint8Array };
    expect(part.data.byteLength).toBe(3);
    expect(part.data.buffer.byteLength).toBe(6);
    expect(shorten(take('x').events)).toEqual([]);
    expect(take('\r').events).toEqual([]);
    expect(take('\n--b').events).toEqual([]);
    expect(take('--').events).toMatchObject([{ type: 'data', moreData: false }]);
  });

  it('takes chunks before the events of earlier ones are taken', () => {
    const decoder = new MultipartDecoder('b');
    const events: MultipartEvent[] = [];
    const pull = () => {
      const event = decoder.nextEvent();
      if (event) events.push(event);
      return event;
    };
    for (const piece of FORM.match(/.{1,9}/gs) ?? []) {
      decoder.receiveData(octetsOf(piece));
      if (piece.includes('n')) pull();
    }
    decoder.receiveData(null);
    while (pull());
    expect(shorten(events)).toEqual(decodeMultipart(FORM));
    expect(decoder.nextEvent()).toBeNull();
  });

  it('takes empty chunks for nothing', () => {
    expect(decodeMultipart([...FORM].flatMap((piece) => ['', piece, '']))).toEqual(
      decodeMultipart(FORM),
    );
  });

  it('has an error for every body that is cut off', () => {
    const complete = FORM.lastIndexOf('--b--') + 5;
    for (let length = 0; length < complete; length++) {
      expect(() => decodeMultipart(FORM.slice(0, length)), `${length}`).toThrow(ENDED);
      expect(() => decodeMultipart([...FORM.slice(0, length)]), `${length}`).toThrow(ENDED);
    }
    for (let length = complete; length <= FORM.length; length++) {
      expect(decodeMultipart(FORM.slice(0, length))).toEqual(decodeMultipart(FORM));
    }
  });

  it('has an error for a body with another boundary', () => {
    expect(() => decodeMultipart(FORM, {}, 'c')).toThrow(ENDED);
    expect(() => decodeMultipart('no boundary at all')).toThrow(ENDED);
  });

  it('throws the same error again after the first', () => {
    const decoder = new MultipartDecoder('b');
    decoder.receiveData(octetsOf(onePart('X: y', 'data')));
    expect(decoder.nextEvent()).toMatchObject({ type: 'preamble' });
    const errors = [1, 2].map(() => {
      try {
        return decoder.nextEvent();
      } catch (error) {
        return error;
      }
    });
    expect(errors[0]).toBeInstanceOf(Error);
    expect(errors[1]).toBe(errors[0]);
  });

  it('refuses data behind the end', () => {
    const decoder = new MultipartDecoder('b');
    decoder.receiveData(null);
    expect(() => decoder.receiveData(octetsOf('x'))).toThrow('behind the end');
  });

  it('ends with the epilogue, also when it is asked again', () => {
    expect(eventsOf([octetsOf('--b--'), null]).at(-1)).toMatchObject({
      type: 'epilogue',
      moreData: false,
    });
  });
});

describe('cutting a body into chunks', () => {
  const piece = fc.constantFrom(
    '\r',
    '\n',
    '\r\n',
    '--',
    '-',
    '--b',
    '--b--',
    '\r\n--b',
    '\r\n--b\r\n',
    ' ',
    'x',
    'b',
  );
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  const newline = fc.constantFrom('\r\n', '\n', '\r');
  const places = fc.array(fc.nat(200), { maxLength: 6 });

  it('changes neither events nor errors', () => {
    fc.assert(
      fc.property(text, text, newline, places, (before, data, end, cuts) => {
        const body = before + oneField('X').replaceAll('\r\n', end).replace('X', data);
        const outcome = attempt(() => decodeMultipart(body));
        expect(attempt(() => decodeMultipart(cut(body, cuts)))).toEqual(outcome);
        expect(attempt(() => decodeMultipart([...body]))).toEqual(outcome);
      }),
      { numRuns: 1_000 },
    );
  });
});

function cut(body: string, places: readonly number[]): string[] {
  const ends = [...places.toSorted((a, b) => a - b), body.length];
  return ends.map((end, index) => body.slice(ends[index - 1] ?? 0, end));
}

/** What a function returns, or the message of what it throws. */
function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return (error as Error).message;
  }
}
