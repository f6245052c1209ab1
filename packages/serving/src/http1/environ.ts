import {
  type Environ,
  type ErrorStream,
  GATEWAY_VERSION,
  type GatewaySocket,
  type HeaderList,
  type InputStream,
  type UpgradedConnection,
} from '@werkstatt/core/protocol';

/** What every request of one connection tells its application. */
export interface ConnectionFacts {
  readonly serverName: string;
  readonly serverPort: string;
  readonly remoteAddr: string;
  readonly remotePort: string;
  readonly scheme: 'http' | 'https';
  readonly clientCertificate: string | undefined;
  readonly multithread: boolean;
  readonly multiprocess: boolean;
  readonly errors: ErrorStream;
}

/** Where the lazy keys of an environ come from: the exchange of one request. */
export interface LazyKeys {
  readonly signal: AbortSignal;
  readonly rawHeaders: () => HeaderList;
  readonly trailers: () => HeaderList;
  readonly sendTrailers: ((headers: HeaderList) => void) | undefined;
  readonly earlyHints: ((headers: HeaderList) => void) | undefined;
  readonly socket: GatewaySocket;
  readonly upgrade: (() => UpgradedConnection) | undefined;
}

/** The own key under which an environ holds the source of its lazy keys. */
const LAZY = Symbol('werkstatt.lazy');

interface Lazy {
  [LAZY]: LazyKeys;
}

function lazyKeys(environ: GatewayEnviron): LazyKeys {
  return (environ as unknown as Lazy)[LAZY];
}

/** Sets where the lazy keys of a new environ come from. */
export function setLazyKeys(environ: GatewayEnviron, lazy: LazyKeys): void {
  (environ as unknown as Lazy)[LAZY] = lazy;
}

/**
 * The environ of one request. What most applications never look at is an accessor on the prototype,
 * so that a request does not pay for it; `copyEnviron()` of core keeps those, a spread loses them.
 * The prototype inherits nothing: `'toString' in environ` is false.
 */
export class GatewayEnviron implements Environ {
  REQUEST_METHOD: string;
  SCRIPT_NAME: string;
  PATH_INFO: string;
  QUERY_STRING: string;
  REQUEST_URI: string;
  SERVER_NAME: string;
  SERVER_PORT: string;
  SERVER_PROTOCOL: string;
  REMOTE_ADDR: string;
  REMOTE_PORT: string;
  'gateway.version': readonly [major: number, minor: number];
  'gateway.url_scheme': 'http' | 'https';
  'gateway.input': InputStream;
  'gateway.errors': ErrorStream;
  'gateway.multithread': boolean;
  'gateway.multiprocess': boolean;
  'gateway.run_once': boolean;
  'gateway.input_terminated': boolean;
  [key: `HTTP_${string}`]: string | undefined;
  [key: string]: unknown;

  constructor(
    facts: ConnectionFacts,
    method: string,
    target: string,
    path: string,
    query: string,
    protocol: string,
    input: InputStream,
  ) {
    this.REQUEST_METHOD = method;
    this.SCRIPT_NAME = '';
    this.PATH_INFO = path;
    this.QUERY_STRING = query;
    this.REQUEST_URI = target;
    this.SERVER_NAME = facts.serverName;
    this.SERVER_PORT = facts.serverPort;
    this.SERVER_PROTOCOL = protocol;
    this.REMOTE_ADDR = facts.remoteAddr;
    this.REMOTE_PORT = facts.remotePort;
    this['gateway.version'] = GATEWAY_VERSION;
    this['gateway.url_scheme'] = facts.scheme;
    this['gateway.input'] = input;
    this['gateway.errors'] = facts.errors;
    this['gateway.multithread'] = facts.multithread;
    this['gateway.multiprocess'] = facts.multiprocess;
    this['gateway.run_once'] = false;
    this['gateway.input_terminated'] = true;
    (this as unknown as { [LAZY]: LazyKeys | null })[LAZY] = null;
    if (facts.clientCertificate !== undefined) this.SSL_CLIENT_CERT = facts.clientCertificate;
  }

  get 'gateway.signal'(): AbortSignal {
    return lazyKeys(this).signal;
  }
  set 'gateway.signal'(value: AbortSignal) {
    define(this, 'gateway.signal', value);
  }

  get 'gateway.raw_headers'(): () => HeaderList {
    return lazyKeys(this).rawHeaders;
  }
  set 'gateway.raw_headers'(value: () => HeaderList) {
    define(this, 'gateway.raw_headers', value);
  }

  get 'gateway.trailers'(): () => HeaderList {
    return lazyKeys(this).trailers;
  }
  set 'gateway.trailers'(value: () => HeaderList) {
    define(this, 'gateway.trailers', value);
  }

  get 'gateway.send_trailers'(): ((headers: HeaderList) => void) | undefined {
    return lazyKeys(this).sendTrailers;
  }
  set 'gateway.send_trailers'(value: ((headers: HeaderList) => void) | undefined) {
    define(this, 'gateway.send_trailers', value);
  }

  get 'gateway.early_hints'(): ((headers: HeaderList) => void) | undefined {
    return lazyKeys(this).earlyHints;
  }
  set 'gateway.early_hints'(value: ((headers: HeaderList) => void) | undefined) {
    define(this, 'gateway.early_hints', value);
  }

  get 'gateway.socket'(): GatewaySocket | undefined {
    return lazyKeys(this).socket;
  }
  set 'gateway.socket'(value: GatewaySocket | undefined) {
    define(this, 'gateway.socket', value);
  }

  get 'gateway.upgrade'(): (() => UpgradedConnection) | undefined {
    return lazyKeys(this).upgrade;
  }
  set 'gateway.upgrade'(value: (() => UpgradedConnection) | undefined) {
    define(this, 'gateway.upgrade', value);
  }
}

Reflect.deleteProperty(GatewayEnviron.prototype, 'constructor');
Object.setPrototypeOf(GatewayEnviron.prototype, null);

/** A lazy key that middleware sets becomes an own one. */
function define(environ: GatewayEnviron, key: string, value: unknown): void {
  Object.defineProperty(environ, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
