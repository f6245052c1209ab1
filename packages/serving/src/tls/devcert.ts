import { isIP } from 'node:net';
import { fs } from '../node-modules.ts';
import { type AdhocPairOptions, generateAdhocSslPair } from './adhoc-pair.ts';
import { writePrivateFile } from './private-file.ts';

/** Whom a development certificate is for. */
export interface DevcertOptions {
  /** A name, which the certificate is then for with all names one label below it, or an address. */
  host?: string;
  /** The subject's common name. @default host, or 'localhost' */
  cn?: string;
  /** Days until it expires. @default 365 */
  days?: number;
}

/**
 * Makes a self-signed certificate in two files, `basePath` with `.crt` and with `.key`, so that it
 * can be trusted once and used for long. Files of these names are replaced; only this user may read
 * the key.
 *
 * @returns the paths of certificate and key, for `sslContext` or `loadSslContext()`.
 * @throws the system's error when a file can't be written.
 */
export async function makeSslDevcert(
  basePath: string,
  { host, cn, days }: DevcertOptions = {},
): Promise<[certFile: string, keyFile: string]> {
  const options: AdhocPairOptions = {};
  if (host !== undefined) options.hosts = isIP(host) === 0 ? [host, `*.${host}`] : [host];
  if (cn !== undefined) options.cn = cn;
  if (days !== undefined) options.days = days;
  const { cert, key } = await generateAdhocSslPair(options);
  const certFile = `${basePath}.crt`;
  const keyFile = `${basePath}.key`;
  writePrivateFile(keyFile, key);
  fs.writeFileSync(certFile, cert);
  return [certFile, keyFile];
}
