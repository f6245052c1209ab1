import { Certificates } from './certificates.ts';
import type { SslContext } from './ssl-context.ts';

/**
 * The `sslContext` for a certificate and key in files, which are read and held against each other
 * now, and again when the server's certificates are reloaded.
 *
 * @param certFile PEM; the certificates of the authorities in between follow the server's own.
 * @param keyFile PEM; by default the key stands in `certFile` too.
 * @throws OptionError for a file that can't be read, and for a key that is not the certificate's.
 */
export function loadSslContext(certFile: string, keyFile: string = certFile): SslContext {
  const context = { cert: certFile, key: keyFile };
  const { createSecureContext } = process.getBuiltinModule('node:tls');
  new Certificates(context, createSecureContext, () => {});
  return context;
}
