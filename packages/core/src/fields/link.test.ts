import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { dumpLinkHeader, Link, parseLinkHeader } from './link.ts';

const read = (header: string | null) =>
  parseLinkHeader(header).map(({ target, params }) => [target, ...params]);

describe('parseLinkHeader', () => {
  it('reads the examples of RFC 8288', () => {
    expect(
      read('<http://example.com/TheBook/chapter2>; rel="previous"; title="previous chapter"'),
    ).toEqual([
      ['http://example.com/TheBook/chapter2', ['rel', 'previous'], ['title', 'previous chapter']],
    ]);
    expect(read('</>; rel="http://example.net/foo"')).toEqual([
      ['/', ['rel', 'http://example.net/foo']],
    ]);
    expect(read('</terms>; rel="copyright"; anchor="#foo"')).toEqual([
      ['/terms', ['rel', 'copyright'], ['anchor', '#foo']],
    ]);
    const chapters = parseLinkHeader(
      '</TheBook/chapter2>; rel="previous"; title*=UTF-8\'de\'letztes%20Kapitel, ' +
        '</TheBook/chapter4>; rel="next"; title*=UTF-8\'de\'n%c3%a4chstes%20Kapitel',
    );
    expect(chapters.map(({ title }) => title)).toEqual(['letztes Kapitel', 'nächstes Kapitel']);
    const [many] = parseLinkHeader(
      '<http://example.org/>; rel="start http://example.net/relation/other"',
    );
    expect(many!.rel).toEqual(['start', 'http://example.net/relation/other']);
  });

  it('reads what servers send', () => {
    expect(read('</style.css>; rel=preload; as=style; crossorigin')).toEqual([
      ['/style.css', ['rel', 'preload'], ['as', 'style'], ['crossorigin', '']],
    ]);
    expect(read('<a>;type=text/html;hreflang=de;hreflang=en,,<b>')).toEqual([
      ['a', ['type', 'text/html'], ['hreflang', 'de'], ['hreflang', 'en']],
      ['b'],
    ]);
    expect(read('< a >;REL = "x,y;z"')).toEqual([[' a ', ['rel', 'x,y;z']]]);
    expect(read(null)).toEqual([]);
  });

  it('takes the first where one may stand, and the extended title before the plain one', () => {
    expect(read('<a>; rel=x; rel=y; title=b; title=c')).toEqual([
      ['a', ['rel', 'x'], ['title', 'b']],
    ]);
    for (const header of [
      "<a>; title=plain; title*=UTF-8''%E2%82%AC",
      "<a>; title*=UTF-8''%E2%82%AC; title=plain",
    ]) {
      expect(read(header)).toEqual([['a', ['title', '€']]]);
    }
    expect(read("<a>; title*=utf-7''x; title=plain")).toEqual([['a', ['title', 'plain']]]);
  });

  it('ends where the header is malformed', () => {
    expect(read('<a>; rel=x, b; rel=y, <c>')).toEqual([['a', ['rel', 'x']]]);
    expect(read('<a')).toEqual([]);
    expect(read('<a> <b>')).toEqual([['a']]);
    expect(read('<a>; title="b, <c>')).toEqual([['a', ['title', '']]]);
  });
});

describe('Link', () => {
  it('is written with what needs quotes in quotes', () => {
    const link = new Link('/a?b=1&c=2', { rel: 'preload', as: 'style', crossorigin: true });
    expect(String(link)).toBe('</a?b=1&c=2>; rel=preload; as=style; crossorigin');
    const other = new Link('b', { rel: 'next', title: 'Größe "1"', hreflang: ['de', 'en'] });
    expect(dumpLinkHeader([link, other])).toBe(
      `${link}, <b>; rel=next; title*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22; hreflang=de; hreflang=en`,
    );
  });

  it.each([
    ['a>; rel=evil', {}],
    ['a b', {}],
    ['a\r\nX: y', {}],
    ['ü', {}],
    ['a', { title: 'x\r\ny' }],
    ['a', { 'a b': 'c' }],
    ['a', { 'title*': 'c' }],
  ])('refuses %j with %j', (target, params) => {
    expect(() => new Link(target, params).toHeader()).toThrow(InvalidHeaderError);
  });

  it('is read back as it was written', () => {
    const link = fc
      .tuple(
        fc.webUrl({ withQueryParameters: true, withFragments: true }),
        fc.uniqueArray(
          fc.tuple(fc.stringMatching(/^[a-z][a-z-]*$/), fc.string({ unit: 'grapheme' })),
          { selector: ([name]) => name },
        ),
      )
      .map(([target, params]) => new Link(target, params));
    fc.assert(
      fc.property(fc.array(link), (links) => {
        expect(parseLinkHeader(dumpLinkHeader(links))).toEqual(links);
      }),
    );
  });
});
