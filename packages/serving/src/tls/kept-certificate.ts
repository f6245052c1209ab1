import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fs } from '../node-modules.ts';
import { generateAdhocSslPair, type SslPair } from './adhoc-pair.ts';
import { addPrivateFile, readPrivateFile, writePrivateFile } from './private-file.ts';

/** A certificate that ends earlier than this, in ms, is made anew: a day's work should not end it. */
const LEFT = 86_400_000;

/**
 * The folder of this user's caches: `XDG_CACHE_HOME`, or the system's own place for them; `undefined`
 * where there is none.
 */
function cacheFolder(): string | undefined {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  for (const folder of [XDG_CACHE_HOME, LOCALAPPDATA]) {
    if (folder !== undefined && isAbsolute(folder)) return folder;
  }
  try {
    const home = homedir();
    // An empty `HOME` would put the key into the folder that the program was started in.
    return isAbsolute(home) ? join(home, '.cache') : undefined;
  } catch {
    // In a container, a user without a name has no home either.
    return undefined;
  }
}

/**
 * The certificate of `sslContext: 'adhoc'`, for `localhost`, `127.0.0.1` and `::1`. It is kept in
 * `werkstatt/adhoc.pem` of the user's cache folder, readable by nobody else, so that what a browser
 * was told about it holds after a restart; it is made anew before it expires, and where the file is
 * not as it was left. Where nothing can be kept, every start has a certificate of its own.
 */
export async function keptCertificate(): Promise<SslPair> {
  const caches = cacheFolder();
  if (caches === undefined) return generateAdhocSslPair();
  const folder = join(caches, 'werkstatt');
  const path = join(folder, 'adhoc.pem');
  const kept = usablePair(path);
  if (kept !== undefined) return kept;
  const made = await generateAdhocSslPair();
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Servers that start together end with the same one: that of the first to get here.
    const text = made.key + made.cert;
    addPrivateFile(path, text);
    const first = usablePair(path);
    if (first !== undefined) return first;
    writePrivateFile(path, text);
  } catch {
    return made;
  }
  return usablePair(path) ?? made;
}

function usablePair(path: string): SslPair | undefined {
  const text = readPrivateFile(path);
  const begin = text?.indexOf('-----BEGIN CERTIFICATE-----') ?? -1;
  if (text === undefined || begin <= 0) return undefined;
  const pair = { key: text.slice(0, begin), cert: text.slice(begin) };
  return fits(pair) ? pair : undefined;
}

function fits({ cert, key }: SslPair): boolean {
  const { X509Certificate, createPrivateKey } = process.getBuiltinModule('node:crypto');
  try {
    const certificate = new X509Certificate(cert);
    if (!certificate.checkPrivateKey(createPrivateKey(key))) return false;
    return (
      Date.parse(certificate.validFrom) <= Date.now() &&
      Date.parse(certificate.validTo) - LEFT > Date.now()
    );
  } catch {
    return false;
  }
}
