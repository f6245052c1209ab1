import type { SecureContext, SecureContextOptions } from 'node:tls';
import { fs } from '../node-modules.ts';
import { OptionError } from '../running/option-errors.ts';
import type { CertificateSource } from './ssl-context.ts';

/**
 * What `tls.createSecureContext` takes for options whose certificates and keys may be paths. The
 * files are read now.
 *
 * @param name of the option that `source` is the value of, for messages.
 * @throws OptionError for a file that can't be read.
 */
export function certificateOptions(
  source: SecureContextOptions,
  name: string,
): SecureContextOptions {
  const options: SecureContextOptions = { ...source };
  // Node's own default, which a command line flag may lower; a lower one is to be asked for here.
  if (source.minVersion === undefined && source.secureProtocol === undefined) {
    options.minVersion = 'TLSv1.2';
  }
  for (const member of ['cert', 'key', 'ca'] as const) {
    const value = source[member];
    if (typeof value === 'string') options[member] = pem(value, `${name}.${member}`);
  }
  return options;
}

/** Whether a source is a context already, as `tls.createSecureContext` makes them. */
export function isSecureContext(source: CertificateSource): source is SecureContext {
  return 'context' in source && typeof source.context === 'object';
}

/** Whether options have a certificate with its key. */
export function hasCertificate(options: SecureContextOptions): boolean {
  return options.pfx !== undefined || (options.cert !== undefined && options.key !== undefined);
}

function pem(textOrPath: string, option: string): string {
  if (textOrPath.includes('-----BEGIN')) return textOrPath;
  try {
    return fs.readFileSync(textOrPath, 'utf8');
  } catch (error) {
    throw new OptionError(
      `${option}: ${JSON.stringify(textOrPath)} can't be read; give PEM text or the path of a PEM file.`,
      { cause: error },
    );
  }
}
