import { isIP } from 'node:net';
import type { SslContext } from './ssl-context.ts';

/** A certificate and its key, both as PEM text. */
export interface SslPair {
  cert: string;
  key: string;
}

/** Whom a self-signed certificate is for. */
export interface AdhocPairOptions {
  /** The subject's common name. @default 'localhost', or the first of `hosts` */
  cn?: string;
  /**
   * Names and addresses under which the server is opened; `*.a.example` is a name too.
   *
   * @default ['localhost', '127.0.0.1', '::1'], or [cn] where that is given
   */
  hosts?: readonly string[];
  /** Days until it expires. @default 365 */
  days?: number;
}

const DAY = 86_400_000;
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '::1'] as const;

// General names of a subjectAltName (RFC 5280 section 4.2.1.6).
const DNS_NAME = 2;
const IP_ADDRESS = 7;

/**
 * Makes a key (ECDSA, P-256) and a certificate signed by itself, for development: no client trusts
 * it before somebody tells it to. Nothing is written anywhere.
 */
export async function generateAdhocSslPair(options: AdhocPairOptions = {}): Promise<SslPair> {
  const hosts = options.hosts ?? (options.cn === undefined ? LOCAL_HOSTS : [options.cn]);
  const commonName = options.cn ?? hosts[0] ?? LOCAL_HOSTS[0];
  // An hour ago: clocks of other machines may be behind.
  const notBeforeDate = new Date(Date.now() - 3_600_000);
  const notAfterDate = new Date(Date.now() + (options.days ?? 365) * DAY);
  // Loaded where it is needed: it brings much with it.
  const { generate } = await import('selfsigned');
  const made = await generate(
    [
      { name: 'commonName', value: commonName },
      { name: 'organizationName', value: 'Werkstatt development certificate' },
    ],
    {
      keyType: 'ec',
      curve: 'P-256',
      algorithm: 'sha256',
      notBeforeDate,
      notAfterDate,
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: hosts.map(generalName) },
      ],
    },
  );
  return { cert: withLastLineEnd(made.cert), key: withLastLineEnd(made.private) };
}

/** An `sslContext` with a new self-signed certificate; `'adhoc'` is the one that is kept. */
export function generateAdhocSslContext(options: AdhocPairOptions = {}): Promise<SslContext> {
  return generateAdhocSslPair(options);
}

function generalName(
  host: string,
): { type: typeof DNS_NAME; value: string } | { type: typeof IP_ADDRESS; ip: string } {
  return isIP(host) === 0 ? { type: DNS_NAME, value: host } : { type: IP_ADDRESS, ip: host };
}

function withLastLineEnd(pem: string): string {
  return `${pem.replaceAll('\r\n', '\n').trimEnd()}\n`;
}
