import { describe, expect, it } from 'vitest';
import { copyEnviron } from '../copy-environ.ts';
import { ImmutableError } from '../errors/immutable-error.ts';
import type { Environ } from '../protocol.ts';
import { EnvironHeaders } from './environ-headers.ts';
import { Headers } from './headers.ts';

function makeEnviron(): Environ {
  return {
    REQUEST_METHOD: 'GET',
    HTTP_HOST: 'example.com',
    HTTP_X_FOO: '',
    CONTENT_TYPE: 'text/plain',
    CONTENT_LENGTH: '',
    'gateway.url_scheme': 'http',
  } as unknown as Environ;
}

describe('EnvironHeaders', () => {
  it('has the header keys of the environ and no others', () => {
    expect([...new EnvironHeaders(makeEnviron())]).toEqual([
      ['Host', 'example.com'],
      ['X-Foo', ''],
      ['Content-Type', 'text/plain'],
    ]);
  });

  it('finds a field by its name in any case', () => {
    const headers = new EnvironHeaders(makeEnviron());
    expect(headers.get('content-TYPE')).toBe('text/plain');
    expect(headers.get('x-foo')).toBe('');
    expect(headers.getlist('host')).toEqual(['example.com']);
    expect(headers.has('content-length')).toBe(false);
    expect(headers.has('request-method')).toBe(false);
  });

  it('finds fields by any number of names, each as often as it is asked', () => {
    const environ = makeEnviron();
    const names = Array.from({ length: 600 }, (_, index) => `X-Name-${index}`);
    for (const name of names) environ[`HTTP_${name.toUpperCase().replaceAll('-', '_')}`] = name;
    const headers = new EnvironHeaders(environ);
    for (const name of [...names, ...names]) expect(headers.get(name)).toBe(name);
    expect([headers.get('X_Name_1'), headers.get('X_Name_1')]).toEqual([undefined, undefined]);
  });

  it('does not take a name with an underscore for one with a dash', () => {
    expect(new EnvironHeaders(makeEnviron()).get('X_Foo')).toBeUndefined();
  });

  it('follows the environ', () => {
    const environ = makeEnviron();
    const headers = new EnvironHeaders(environ);
    environ.HTTP_HOST = 'other.example';
    expect(headers.getItem('Host')).toBe('other.example');
  });

  it('sees what stands on the prototype of a copied environ', () => {
    const lazy = Object.create(
      { HTTP_LAZY: 'yes' },
      Object.getOwnPropertyDescriptors(makeEnviron()),
    );
    const headers = new EnvironHeaders(copyEnviron(lazy, { HTTP_HOST: undefined }));
    expect([...headers.keys()]).toEqual(['X-Foo', 'Content-Type', 'Lazy']);
  });

  it('refuses every change, and its copy takes it', () => {
    const headers = new EnvironHeaders(makeEnviron());
    for (const method of Object.getOwnPropertyNames(Headers.prototype)) {
      const changes = !['constructor', 'at', 'slice', 'copy'].includes(method);
      const own = Object.hasOwn(EnvironHeaders.prototype, method);
      if (changes) expect([method, own || method in headers]).toEqual([method, true]);
    }
    expect(() => headers.set('a', 'b')).toThrow(ImmutableError);
    expect(() => headers.update({ a: 'b' })).toThrow(ImmutableError);
    expect(new Headers(headers).get('Host')).toBe('example.com');
  });
});
