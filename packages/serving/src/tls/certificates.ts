import type { SecureContext, SecureContextOptions, TlsOptions } from 'node:tls';
import { OptionError } from '../running/option-errors.ts';
import { certificateOptions, hasCertificate, isSecureContext } from './certificate-options.ts';
import type { CertificateSource, SslContext } from './ssl-context.ts';

/**
 * Options of `tls.createServer` that are the server's own here, and what to give instead: called by
 * Node, a function of the user's that throws would end the process (CVE-2026-21637).
 */
const NOT_TAKEN: Readonly<Record<string, string>> = {
  SNICallback: "Give 'sniCallback', a function of the name that returns a certificate.",
  ALPNCallback: 'What is offered by ALPN follows from the option http2.',
  ALPNProtocols: 'What is offered by ALPN follows from the option http2.',
  pskCallback: 'Pre-shared keys are not offered.',
};

type MakeSecureContext = (options: SecureContextOptions) => SecureContext;

/** What one reading of a server's certificates gave. */
interface Loaded {
  /** For clients that name no server, or one that is not known. */
  readonly options: SecureContextOptions;
  readonly byName: ReadonlyMap<string, SecureContext>;
}

/**
 * The certificates of one server, by the name a client asks for. What `answer` is given as
 * `SNICallback` never throws, and calls back once: an exception there would end the process.
 */
export class Certificates {
  readonly #context: SslContext;
  readonly #make: MakeSecureContext;
  readonly #failed: (error: Error) => void;
  #loaded: Loaded;

  /**
   * @param make `tls.createSecureContext`.
   * @param failed told of an error in the user's `sniCallback`.
   * @throws OptionError for a certificate or key that is missing, can't be read, or doesn't fit, and
   * for an option that is not taken.
   */
  constructor(context: SslContext, make: MakeSecureContext, failed: (error: Error) => void) {
    for (const [name, instead] of Object.entries(NOT_TAKEN)) {
      if (name in context) throw new OptionError(`sslContext takes no '${name}'. ${instead}`);
    }
    this.#context = context;
    this.#make = make;
    this.#failed = failed;
    this.#loaded = this.#load();
  }

  /** The options of the default certificate. */
  get options(): SecureContextOptions {
    return this.#loaded.options;
  }

  /** Whether clients that name a server may get another certificate than the default one. */
  get named(): boolean {
    return this.#context.sni !== undefined || this.#context.sniCallback !== undefined;
  }

  /**
   * Reads all files again. When one is broken, everything stays as it was.
   *
   * @throws OptionError
   */
  reload(): void {
    this.#loaded = this.#load();
  }

  /** Finds the certificate for a name: the `SNICallback` of `tls.createServer`. */
  readonly answer: NonNullable<TlsOptions['SNICallback']> = (servername, callback) => {
    const name = servername.toLowerCase();
    const known = this.#find(name);
    const { sniCallback } = this.#context;
    if (known !== undefined || sniCallback === undefined) return callback(null, known);
    void this.#ask(sniCallback, name).then(
      (found) => callback(null, found),
      (cause) => {
        const text = `sslContext.sniCallback failed for ${JSON.stringify(name)}`;
        const error = new Error(text, { cause });
        callback(error);
        this.#failed(error);
      },
    );
  };

  #find(name: string): SecureContext | undefined {
    const { byName } = this.#loaded;
    const dot = name.indexOf('.');
    return byName.get(name) ?? (dot < 0 ? undefined : byName.get(`*${name.slice(dot)}`));
  }

  async #ask(
    sniCallback: NonNullable<SslContext['sniCallback']>,
    name: string,
  ): Promise<SecureContext | undefined> {
    const found = await sniCallback(name);
    if (found === undefined || found === null) return undefined;
    return this.#secureContext(found, 'sslContext.sniCallback()');
  }

  #load(): Loaded {
    const {
      sni = {},
      sniCallback,
      requestCert: _r,
      rejectUnauthorized: _u,
      ...own
    } = this.#context;
    const options = certificateOptions(own, 'sslContext');
    const byName = new Map<string, SecureContext>();
    for (const [name, source] of Object.entries(sni)) {
      byName.set(name.toLowerCase(), this.#secureContext(source, `sslContext.sni['${name}']`));
    }
    if (hasCertificate(options)) this.#checked(options, 'sslContext');
    else if (byName.size === 0 && sniCallback === undefined) {
      throw new OptionError('sslContext needs cert and key, as PEM text or as paths, or pfx.');
    }
    return { options, byName };
  }

  /** A context for a source; what it does not say of `ca`, `ciphers` and so on is the default's. */
  #secureContext(source: CertificateSource, name: string): SecureContext {
    if (isSecureContext(source)) return source;
    const { cert: _c, key: _k, pfx: _p, passphrase: _s, ...common } = this.#context;
    const options = certificateOptions({ ...common, ...source }, name);
    if (!hasCertificate(options)) throw new OptionError(`${name} needs cert and key, or pfx.`);
    return this.#checked(options, name);
  }

  #checked(options: SecureContextOptions, name: string): SecureContext {
    try {
      return this.#make(options);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new OptionError(`${name} has no certificate and key that fit: ${reason}.`, {
        cause: error,
      });
    }
  }
}
