import type { SecureContext, SecureContextOptions, TlsOptions } from 'node:tls';

/** A certificate with its key: PEM text, paths of PEM files, or a context of `node:tls`. */
export type CertificateSource = SecureContextOptions | SecureContext;

/** What `sniCallback` may answer; `undefined` for the default certificate. */
export type SniAnswer = CertificateSource | undefined | null;

/**
 * What a server needs for HTTPS: `cert` and `key` as PEM text or as paths, or `pfx`, and whatever
 * else `tls.createSecureContext` takes. TLS 1.2 is the lowest version unless `minVersion` says so.
 */
export interface SslContext extends SecureContextOptions {
  /** Ask clients for a certificate, which `SSL_CLIENT_CERT` then has. @default false */
  requestCert?: TlsOptions['requestCert'];
  /**
   * With `requestCert`: end the handshake of a client without one that an authority of `ca` vouches
   * for. `false` serves it, without `SSL_CLIENT_CERT`.
   *
   * @default true
   */
  rejectUnauthorized?: TlsOptions['rejectUnauthorized'];
  /**
   * Certificates by the name a client asks for (RFC 6066 section 3); `*.a.example` stands for every
   * name one label longer. Other names, and none, get the default certificate.
   */
  sni?: Readonly<Record<string, CertificateSource>>;
  /**
   * Finds the certificate for a name that `sni` does not have. Called in each handshake: give a
   * context of `tls.createSecureContext` that you keep, for options are read anew every time. What
   * it throws ends that handshake and is logged.
   */
  sniCallback?: (servername: string) => SniAnswer | Promise<SniAnswer>;
}
