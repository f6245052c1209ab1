import {
  type Environ,
  type ErrorStream,
  GATEWAY_VERSION,
  type HeaderList,
  type InputStream,
} from '../protocol.ts';

/** What an environ states of a request before anything is worked out. */
export interface RequestFacts {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  readonly target: string;
  readonly path: string;
  readonly query: string;
  readonly serverName: string;
  readonly serverPort: string;
  readonly protocol: string;
  readonly remoteAddr: string;
  readonly remotePort: string;
  readonly errors: ErrorStream;
}

/** Where the keys come from that cost something, each once and when it is first asked for. */
export interface LazyRequest {
  readonly input: InputStream;
  readonly signal: AbortSignal;
  readonly rawHeaders: () => HeaderList;
}

/** The own key of an environ for what its lazy keys come from. */
const LAZY = Symbol('werkstatt.lazy');

interface Lazy {
  [LAZY]: LazyRequest;
}

function lazyRequest(environ: FetchEnviron): LazyRequest {
  return (environ as unknown as Lazy)[LAZY];
}

/**
 * The environ of a platform's `Request`. Platforms make a request's body and its signal when they
 * are looked at, so those keys are accessors on the prototype, which inherits nothing;
 * `copyEnviron()` keeps them.
 */
export class FetchEnviron implements Environ {
  REQUEST_METHOD: string;
  SCRIPT_NAME: string = '';
  PATH_INFO: string;
  QUERY_STRING: string;
  REQUEST_URI: string;
  SERVER_NAME: string;
  SERVER_PORT: string;
  SERVER_PROTOCOL: string;
  REMOTE_ADDR: string;
  REMOTE_PORT: string;
  'gateway.version': readonly [major: number, minor: number] = GATEWAY_VERSION;
  'gateway.url_scheme': 'http' | 'https';
  'gateway.errors': ErrorStream;
  'gateway.multithread': boolean = false;
  'gateway.multiprocess': boolean = false;
  'gateway.run_once': boolean = false;
  'gateway.input_terminated': boolean = true;
  [key: `HTTP_${string}`]: string | undefined;
  [key: string]: unknown;

  constructor(facts: RequestFacts, lazy: LazyRequest) {
    this.REQUEST_METHOD = facts.method;
    this.PATH_INFO = facts.path;
    this.QUERY_STRING = facts.query;
    this.REQUEST_URI = facts.target;
    this.SERVER_NAME = facts.serverName;
    this.SERVER_PORT = facts.serverPort;
    this.SERVER_PROTOCOL = facts.protocol;
    this.REMOTE_ADDR = facts.remoteAddr;
    this.REMOTE_PORT = facts.remotePort;
    this['gateway.url_scheme'] = facts.scheme;
    this['gateway.errors'] = facts.errors;
    (this as unknown as Lazy)[LAZY] = lazy;
  }

  get 'gateway.input'(): InputStream {
    return lazyRequest(this).input;
  }
  set 'gateway.input'(value: InputStream) {
    define(this, 'gateway.input', value);
  }

  get 'gateway.signal'(): AbortSignal {
    return lazyRequest(this).signal;
  }
  set 'gateway.signal'(value: AbortSignal) {
    define(this, 'gateway.signal', value);
  }

  get 'gateway.raw_headers'(): () => HeaderList {
    return lazyRequest(this).rawHeaders;
  }
  set 'gateway.raw_headers'(value: () => HeaderList) {
    define(this, 'gateway.raw_headers', value);
  }

  get 'gateway.trailers'(): () => HeaderList {
    return noTrailers;
  }
  set 'gateway.trailers'(value: () => HeaderList) {
    define(this, 'gateway.trailers', value);
  }

  static {
    Reflect.deleteProperty(FetchEnviron.prototype, 'constructor');
    Object.setPrototypeOf(FetchEnviron.prototype, null);
  }
}

/** A lazy key that middleware sets becomes an own one. */
function define(environ: FetchEnviron, key: string, value: unknown): void {
  Object.defineProperty(environ, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

/** A platform's `Request` has none. */
function noTrailers(): HeaderList {
  return [];
}
