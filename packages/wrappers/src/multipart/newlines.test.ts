import { describe, expect, it } from 'vitest';
import { decodeMultipart, partsOf } from '../testing/decode-multipart.ts';

/** A form with a field and a file, written with one newline. */
function form(newline: string, data = '1'): string {
  const lines = [
    '--b',
    'Content-Disposition: form-data; name="a"',
    '',
    data,
    '--b',
    'Content-Disposition: form-data;',
    ' name="f";',
    '\tfilename="x.txt"',
    '',
    '2',
    '--b--',
    '',
  ];
  return lines.join(newline);
}

const PARTS = [
  ['a', '1'],
  ['f', 'x.txt', '2'],
];

describe('the newline of a body', () => {
  it.each(['\r\n', '\n', '\r'])('can be %j', (newline) => {
    const body = form(newline);
    expect(partsOf(decodeMultipart(body))).toEqual(PARTS);
    expect(decodeMultipart([...body])).toEqual(decodeMultipart(body));
  });

  it('is that of the first delimiter, whatever the preamble has', () => {
    for (const before of ['\n', '\r', 'pre\n', 'pre\r', '\n\r\n', '\r\r\n', '\n\n']) {
      const body = before + form('\r\n');
      expect(partsOf(decodeMultipart(body))).toEqual(PARTS);
      expect(decodeMultipart([...body])).toEqual(decodeMultipart(body));
    }
  });

  it.each([
    ['\r\n', '\n--b\n'],
    ['\r\n', '\r--b\r'],
    ['\r\n', '\n--b--'],
    ['\r\n', '\n--b\r\n'],
    ['\n', '\r--b\r'],
    ['\r', '\n--b\n'],
  ])('makes data of delimiters with others: %j holds, %j is data', (newline, data) => {
    const body = form(newline, `x${data}y`);
    expect(partsOf(decodeMultipart(body))[0]).toEqual(['a', `x${data}y`]);
    expect(decodeMultipart([...body])).toEqual(decodeMultipart(body));
  });

  it('is the only one in headers', () => {
    const mixed = form('\r\n').replace('name="a"\r\n\r\n', 'name="a"\n\n');
    expect(() => decodeMultipart(mixed)).toThrow('control character');
    expect(() => decodeMultipart(form('\n').replace(/"\n\n/, '"\r\n\r\n'))).toThrow('control');
  });
});
