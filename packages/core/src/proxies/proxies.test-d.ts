import { expectTypeOf } from 'vitest';
import { type ProxyEndpoint, type ProxyHeader, parseProxyProtocol } from './proxy-protocol.ts';
import {
  type ForwardedAddress,
  type ForwardedScheme,
  forwardedValue,
  parseXForwardedFor,
  parseXForwardedHost,
  parseXForwardedPort,
  parseXForwardedPrefix,
  parseXForwardedProto,
} from './x-forwarded.ts';

expectTypeOf(forwardedValue('a', 1)).toEqualTypeOf<string | null>();
expectTypeOf(parseXForwardedFor('a')).toEqualTypeOf<ForwardedAddress | null>();
expectTypeOf(parseXForwardedProto(null)).toEqualTypeOf<ForwardedScheme | null>();
expectTypeOf(parseXForwardedHost(undefined, 2)).toEqualTypeOf<string | null>();
expectTypeOf(parseXForwardedPort('80')).toEqualTypeOf<string | null>();
expectTypeOf(parseXForwardedPrefix('/a')).toEqualTypeOf<string | null>();
expectTypeOf(parseProxyProtocol(new Uint8Array())).toEqualTypeOf<ProxyHeader | null>();
expectTypeOf<ProxyHeader['source']>().toEqualTypeOf<ProxyEndpoint | null>();

// @ts-expect-error how many proxies to trust is to be said
forwardedValue('a');
// @ts-expect-error how many there are is a number
parseXForwardedFor('a', '1');
// @ts-expect-error nobody is told of when the header is missing
parseXForwardedFor(null).address;
// @ts-expect-error headers of the same name are joined first
parseXForwardedHost(['a', 'b']);
// @ts-expect-error not a scheme of requests
expectTypeOf<'ftp'>().toExtend<ForwardedScheme>();
// @ts-expect-error ports stay text
parseXForwardedPort('80') satisfies number | null;
// @ts-expect-error the header is bytes
parseProxyProtocol('PROXY UNKNOWN\r\n');
// @ts-expect-error null while bytes are missing
parseProxyProtocol(new Uint8Array()).length;
// @ts-expect-error a proxy may speak for itself, and then there is no source
parseProxyProtocol(new Uint8Array())?.source.address;
