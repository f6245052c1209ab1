import type { ConnectionFacts } from '../src/http1/environ.ts';

/** A connection as the parser's tests know it. */
export const FACTS: ConnectionFacts = {
  serverName: 'localhost',
  serverPort: '80',
  remoteAddr: '127.0.0.1',
  remotePort: '50000',
  scheme: 'http',
  clientCertificate: undefined,
  multithread: false,
  multiprocess: false,
  errors: { write: () => {}, flush: () => {} },
};
