import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ClientHints } from '../fields/client-hints.ts';
import { ForwardedNode } from '../fields/forwarded-node.ts';
import { Link } from '../fields/link.ts';
import { UserAgent } from '../fields/user-agent.ts';
import { FileMultiDict } from '../files/file-multi-dict.ts';
import { wrapFile } from '../gateway/wrap-file.ts';
import { Local } from '../local/local.ts';
import { LocalProxy } from '../local/local-proxy.ts';
import { LocalStack } from '../local/local-stack.ts';
import type { Environ } from '../protocol.ts';
import { ChunkInput } from '../streams/chunk-input.ts';
import { LimitedStream } from '../streams/limited-stream.ts';
import { SfDecimal } from '../structured/sf-decimal.ts';
import { SfDisplayString } from '../structured/sf-display-string.ts';
import { SfToken } from '../structured/sf-token.ts';
import { CombinedMultiDict } from './combined-multi-dict.ts';
import { EnvironHeaders } from './environ-headers.ts';
import { Headers } from './headers.ts';
import { ImmutableMultiDict } from './immutable-multi-dict.ts';
import { MultiDict } from './multi-dict.ts';

const bytes = new Uint8Array(5);

describe('inspect', () => {
  it('shows the fields of headers, and hides what opens doors', () => {
    expect(inspect(new Headers({ A: ['b', "c'"], cookie: 'x', Authorization: 'Basic eA==' }))).toBe(
      `Headers [ 'A: b', "A: c'", 'cookie: (hidden)', 'Authorization: (hidden)' ]`,
    );
    const environ = { HTTP_HOST: 'a', HTTP_COOKIE: 'x' } as Partial<Environ> as Environ;
    expect(inspect(new EnvironHeaders(environ))).toBe(
      "EnvironHeaders [ 'Host: a', 'Cookie: (hidden)' ]",
    );
  });

  it('shows the lists of dictionaries', () => {
    const pairs: [string, string][] = [
      ['a', 'b'],
      ['a', 'c'],
      ['Map', ''],
    ];
    const text = "MultiDict(2) { 'a' => [ 'b', 'c' ], 'Map' => [ '' ] }";
    expect(inspect(new MultiDict(pairs))).toBe(text);
    expect(inspect(new ImmutableMultiDict(pairs))).toBe(`Immutable${text}`);
    expect(inspect(new CombinedMultiDict([new MultiDict(pairs)]))).toBe(`Combined${text}`);
    expect(inspect(new MultiDict())).toBe('MultiDict(0) {}');
  });

  it('goes no deeper than it is told', () => {
    expect(inspect({ args: new MultiDict({ a: 'b' }) }, { depth: 0 })).toBe(
      '{ args: [MultiDict] }',
    );
    expect(inspect(new MultiDict({ a: 'b' }), { depth: 0 })).toBe(
      "MultiDict(1) { 'a' => [Array] }",
    );
  });

  it('shows what is known of files and streams, and reads nothing of them', async () => {
    const files = new FileMultiDict();
    files.addFile('a', bytes, { filename: 'b.txt' });
    expect(inspect(files.getItem('a'), { breakLength: 200 })).toBe(
      "FileStorage { filename: 'b.txt', name: 'a', contentType: 'text/plain', size: 5, closed: false }",
    );
    const input = new ChunkInput([bytes]);
    const limited = new LimitedStream(input, 4);
    await limited.read(3);
    expect(inspect(input)).toBe('ChunkInput { ended: false, buffered: 2 }');
    expect(inspect(limited)).toBe('LimitedStream { limit: 4, isMax: false, position: 3 }');
    expect(inspect(wrapFile(bytes))).toBe('FileWrapper { seekable: true, position: 0 }');
  });

  it('shows parts of headers as they are written', () => {
    expect(inspect(new Link('/a', { rel: 'next' }))).toBe('Link "</a>; rel=next"');
    expect(inspect(new ForwardedNode('::1', '80'))).toBe('ForwardedNode "[::1]:80"');
    expect(inspect(new SfToken('a'))).toBe('SfToken "a"');
    expect(inspect(new SfDecimal(1.5))).toBe('SfDecimal "1.5"');
    expect(inspect(new SfDisplayString('ä'))).toBe('SfDisplayString "ä"');
    const hints = new ClientHints(new Headers({ 'Sec-CH-UA-Mobile': '?1' }));
    expect(inspect(hints)).toBe('ClientHints { mobile: true, saveData: false }');
  });

  it('lets no control character get to a terminal', () => {
    expect(inspect(new UserAgent('\x1b[2J\x7f\x9b'))).toBe('UserAgent "\\u001b[2J\\u007f\\u009b"');
  });

  it('shows what stands in a context', () => {
    const local = new Local<{ user: { name: string } }>();
    const stack = new LocalStack<number>();
    const user = local('user');
    expect(inspect(user)).toBe('[LocalProxy: unbound]');
    local.user = { name: 'ada' };
    stack.push(1);
    expect(inspect(local)).toBe("Local { user: { name: 'ada' } }");
    expect(inspect(user)).toBe("{ name: 'ada' }");
    expect(inspect(stack)).toBe('LocalStack [ 1 ]');
    const callable = new LocalProxy(() => Date, { callable: true });
    expect(inspect(callable)).toBe('[Function: Date]');
  });
});
