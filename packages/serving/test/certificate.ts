import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and a certificate for `localhost`, as paths and as PEM text. */
export interface Certificate {
  folder: string;
  certPath: string;
  keyPath: string;
  cert: string;
  key: string;
}

/** Makes a certificate with the system's `openssl`, in a folder that the caller removes. */
export function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'werkstatt-tls-'));
  const keyPath = join(folder, 'key.pem');
  const certPath = join(folder, 'cert.pem');
  const kind = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const options = [...kind.split(' '), ...names, '-keyout', keyPath, '-out', certPath];
  execFileSync('openssl', options, { stdio: 'pipe' });
  const [cert, key] = [readFileSync(certPath, 'utf8'), readFileSync(keyPath, 'utf8')];
  return { folder, certPath, keyPath, cert, key };
}
