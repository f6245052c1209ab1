import fc from 'fast-check';

/**
 * Text of any code points, lone surrogates too, and more of ASCII, which grammars are made of. The
 * unit `binary` of `fc.string` is like it, but takes a second to set up in every file.
 */
export function anyText(): fc.Arbitrary<string> {
  const codePoint = fc.oneof(
    fc.integer({ min: 0, max: 0x7f }),
    fc.integer({ min: 0x80, max: 0xffff }),
    fc.integer({ min: 0, max: 0x10ffff }),
    fc.integer({ min: 0xd800, max: 0xdfff }),
  );
  return fc.array(codePoint).map((codePoints) => String.fromCodePoint(...codePoints));
}
