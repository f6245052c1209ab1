/** A connection began with a PROXY protocol header that is malformed. Close it. */
export class ProxyProtocolError extends Error {
  readonly code: string = 'WERKSTATT_ERR_PROXY_PROTOCOL';

  constructor(message: string) {
    super(message);
    this.name = 'ProxyProtocolError';
  }
}
