import { expectTypeOf } from 'vitest';
import type { Environ } from '../protocol.ts';
import { getCurrentUrl, type UrlEnviron } from './get-current-url.ts';

declare const environ: UrlEnviron;

expectTypeOf<Environ>().toExtend<UrlEnviron>();
expectTypeOf(getCurrentUrl(environ)).toEqualTypeOf<string>();
getCurrentUrl(environ, { rootOnly: true, trustedHosts: new Set(['example.com']) });
getCurrentUrl(environ, { stripQuerystring: true, hostOnly: false, trustedHosts: null });

// @ts-expect-error a mistyped option, and the query would be shown
getCurrentUrl(environ, { stripQueryString: true });
// @ts-expect-error the options are an object
getCurrentUrl(environ, true);
// @ts-expect-error hosts are texts, not patterns
getCurrentUrl(environ, { trustedHosts: [/example/] });
// @ts-expect-error without its path, a request has no URL
getCurrentUrl({ SERVER_NAME: 'a', SERVER_PORT: '80', 'gateway.url_scheme': 'http' });
