import { expectTypeOf } from 'vitest';
import type { Environ } from '../protocol.ts';
import { getHost, type HostEnviron } from './get-host.ts';
import { hostIsTrusted } from './host-is-trusted.ts';

const environ = {
  SERVER_NAME: 'localhost',
  SERVER_PORT: '80',
  'gateway.url_scheme': 'http',
} as const;

expectTypeOf(getHost(environ)).toEqualTypeOf<string>();
expectTypeOf<Environ>().toExtend<HostEnviron>();
getHost({ ...environ, HTTP_HOST: 'example.com' }, new Set(['example.com']));
getHost(environ, null);
expectTypeOf(hostIsTrusted('a', ['.a'])).toEqualTypeOf<boolean>();
hostIsTrusted(undefined);

// @ts-expect-error without the scheme, no port is the default one
getHost({ SERVER_NAME: 'localhost', SERVER_PORT: '80' });
// @ts-expect-error an environ has text for the port
getHost({ ...environ, SERVER_PORT: 80 });
// @ts-expect-error a host alone is no environ
getHost('example.com');
// @ts-expect-error trusted hosts are texts, not patterns
getHost(environ, [/example/]);
// @ts-expect-error trusted hosts are texts, not patterns
hostIsTrusted('a', [/a/]);
// @ts-expect-error a host is text, not a URL
hostIsTrusted(new URL('http://a/'), ['a']);
