import type { TlsOptions } from 'node:tls';
import { fs } from '../node-modules.ts';
import { OptionError } from '../running/option-errors.ts';
import type { SslContext } from './options.ts';

/** What `tls.createServer` takes for a context whose certificate and key may be paths. */
export function tlsOptions(context: SslContext): TlsOptions {
  const options: TlsOptions = { ...context, ALPNProtocols: ['http/1.1'] };
  if (typeof context.cert === 'string') options.cert = pem(context.cert, 'cert');
  if (typeof context.key === 'string') options.key = pem(context.key, 'key');
  return options;
}

function pem(textOrPath: string, option: string): string {
  if (textOrPath.includes('-----BEGIN')) return textOrPath;
  try {
    return fs.readFileSync(textOrPath, 'utf8');
  } catch (error) {
    throw new OptionError(
      `sslContext.${option}: ${JSON.stringify(textOrPath)} can't be read; give PEM text or the path of a PEM file.`,
      { cause: error },
    );
  }
}
