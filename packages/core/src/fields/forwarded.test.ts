import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { dumpForwarded, type ForwardedInit, parseForwarded } from './forwarded.ts';
import { ForwardedNode } from './forwarded-node.ts';

const none = { for: null, by: null, host: null, proto: null, extensions: new Map() };
const node = (name: string, port: string | null = null) => new ForwardedNode(name, port);

describe('parseForwarded', () => {
  it('reads the examples of RFC 7239', () => {
    expect(parseForwarded('for="_gazonk"')).toEqual([{ ...none, for: node('_gazonk') }]);
    expect(parseForwarded('For="[2001:db8:cafe::17]:4711"')).toEqual([
      { ...none, for: node('2001:db8:cafe::17', '4711') },
    ]);
    expect(parseForwarded('for=192.0.2.60;proto=http;by=203.0.113.43')).toEqual([
      { ...none, for: node('192.0.2.60'), proto: 'http', by: node('203.0.113.43') },
    ]);
    expect(parseForwarded('for=192.0.2.43, for=198.51.100.17')).toEqual([
      { ...none, for: node('192.0.2.43') },
      { ...none, for: node('198.51.100.17') },
    ]);
    expect(parseForwarded('for=_hidden, for=_SEVKISEK, for=unknown')).toHaveLength(3);
    expect(parseForwarded('for="192.0.2.43:47011";host="example.com:80";ext="a, b"')).toEqual([
      {
        ...none,
        for: node('192.0.2.43', '47011'),
        host: 'example.com:80',
        extensions: new Map([['ext', 'a, b']]),
      },
    ]);
  });

  it('allows empty places, and has nothing of no header', () => {
    expect(parseForwarded(', for=192.0.2.1;;proto=HTTPS;,\t,')).toEqual([
      { ...none, for: node('192.0.2.1'), proto: 'https' },
    ]);
    expect(parseForwarded('')).toEqual([]);
    expect(parseForwarded(null)).toEqual([]);
  });

  it.each([
    'for="1.2.3.4, for=127.0.0.1";proto=https',
    'for="127.0.0.1',
    'for="127.0.0.1\\',
    'for=6.6.6.6;for=127.0.0.1',
    'for=6.6.6.6;FOR=127.0.0.1',
    'for=127.0.0.1, for=',
    'for',
    '=127.0.0.1',
    'for =127.0.0.1',
    'for= 127.0.0.1',
    'for=127.0.0.1 ;proto=http',
    'for=127.0.0.1; proto=http',
    'for=127.0.0.1 for=127.0.0.2',
    'for=127.0.0.1:80',
    'for=[::1]',
    'for="::1"',
    'for="[::1"',
    'for="[::1]x"',
    'for=127.0.0.256',
    'for=0127.0.0.1',
    'for=127.1',
    'for=localhost',
    'for="127.0.0.1:99999"',
    'for="127.0.0.1:"',
    'for="127.0.0.1:-1"',
    'for=_',
    'for=""',
    'for="\u0661.0.0.1"',
    'host=evil.example/x?',
    'host="a@b"',
    'host=""',
    'proto="java script"',
    'proto=1',
    'for=127.0.0.1, junk',
    'for="[1:2:3:4:5:6:7:8:9]"',
    'for="[1::2::3]"',
    'for="[1.2.3.4::]"',
    'for="[::12345]"',
  ])('ignores all of %j', (header) => {
    expect(parseForwarded(header)).toEqual([]);
    expect(parseForwarded(`for=192.0.2.1, ${header}`)).toEqual([]);
  });

  it('takes no parameter name for a property', () => {
    const [element] = parseForwarded('for=192.0.2.1;__proto__=x;constructor=y');
    expect([...element!.extensions]).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});

describe('dumpForwarded', () => {
  it('quotes what needs it, and puts addresses in brackets', () => {
    expect(
      dumpForwarded([
        { for: '192.0.2.60', proto: 'https', host: 'a.example:8080' },
        { for: '2001:db8::1', by: node('_b', '1'), extensions: [['secret', 'a b']] },
      ]),
    ).toBe(
      'for=192.0.2.60;host="a.example:8080";proto=https, for="[2001:db8::1]";by="_b:1";secret="a b"',
    );
    expect(dumpForwarded([])).toBe('');
  });

  it.each<[string, ForwardedInit]>([
    ['a node that is none', { for: 'localhost' }],
    ['a line end in a node', { for: '1.2.3.4\r\n' }],
    ['a host with a path', { host: 'a/b' }],
    ['a scheme that is none', { proto: 'a b' }],
    ['an extension with a line end', { extensions: [['a', 'b\nc']] }],
    ['an extension whose name is none', { extensions: [['a b', 'c']] }],
    ['a parameter twice', { for: '1.2.3.4', extensions: [['For', '1.2.3.5']] }],
    ['nothing', {}],
  ])('refuses %s', (_, element) => {
    expect(() => dumpForwarded([element])).toThrow(InvalidHeaderError);
  });

  it('is read back as it was written', () => {
    const name = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.constant('unknown'),
      fc.stringMatching(/^_[\w.-]+$/),
    );
    const port = fc.option(fc.oneof(fc.nat(65_535).map(String), fc.stringMatching(/^_[\w.-]+$/)));
    const party = fc.tuple(name, port).map(([one, other]) => new ForwardedNode(one, other));
    const element = fc.record(
      {
        for: party,
        by: fc.option(party),
        host: fc.option(fc.domain()),
        proto: fc.constantFrom('http', 'https', 'wss', null),
        extensions: fc
          .dictionary(fc.stringMatching(/^x[a-z]*$/), fc.stringMatching(/^[!-~]([ -~]*[!-~])?$/))
          .map((record) => new Map(Object.entries(record))),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.array(element), (elements) => {
        expect(parseForwarded(dumpForwarded(elements))).toEqual(elements);
      }),
    );
  });
});

describe('ForwardedNode', () => {
  it('tells addresses from names', () => {
    expect(node('192.0.2.1').isAddress).toBe(true);
    expect(node('::1').isAddress).toBe(true);
    expect(node('unknown').isAddress).toBe(false);
    expect(node('_a').isAddress).toBe(false);
    expect(String(node('::1', '80'))).toBe('[::1]:80');
    expect(ForwardedNode.parse('UNKNOWN')).toEqual(node('unknown'));
    expect(ForwardedNode.parse('[::ffff:192.0.2.1]')?.name).toBe('::ffff:192.0.2.1');
  });
});
