import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Client } from '../../test/client.ts';
import { get, serve, textApp } from '../../test/serve.ts';
import { generateAdhocSslContext, generateAdhocSslPair } from './adhoc-pair.ts';
import { makeSslDevcert } from './devcert.ts';
import { isSslError } from './is-ssl-error.ts';
import { keptCertificate } from './kept-certificate.ts';
import { loadSslContext } from './load-ssl-context.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'werkstatt-adhoc-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('generateAdhocSslPair', () => {
  it('makes a certificate for the local hosts that ends in a year', async () => {
    const { cert, key } = await generateAdhocSslPair();
    const certificate = new X509Certificate(cert);
    for (const host of ['localhost']) expect(certificate.checkHost(host)).toBe(host);
    for (const address of ['127.0.0.1', '::1']) {
      expect(certificate.checkIP(address)).toBe(address);
    }
    expect(certificate.checkHost('example.org')).toBeUndefined();
    expect(certificate.ca).toBe(false);
    const days = (Date.parse(certificate.validTo) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(365);
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });

  it('takes a common name, hosts and days, and is never the same', async () => {
    const options = { cn: 'Me', hosts: ['a.example', '10.0.0.1'], days: 2 };
    const [first, second] = [
      await generateAdhocSslPair(options),
      await generateAdhocSslContext(options),
    ];
    const certificate = new X509Certificate(first.cert);
    expect(certificate.subject).toContain('CN=Me');
    expect(certificate.subjectAltName).toBe('DNS:a.example, IP Address:10.0.0.1');
    expect(Date.parse(certificate.validTo) - Date.now()).toBeLessThan(2 * 86_400_000 + 1);
    expect(new X509Certificate(second.cert as string).serialNumber).not.toBe(
      certificate.serialNumber,
    );
    expect(first.key).not.toBe(second.key);
  });
});

describe("sslContext: 'adhoc'", () => {
  let cache: string;
  let file: string;
  beforeEach(() => {
    cache = temporaryFolder();
    file = join(cache, 'werkstatt', 'adhoc.pem');
    vi.stubEnv('XDG_CACHE_HOME', cache);
    onTestFinished(() => void vi.unstubAllEnvs());
  });

  it('serves HTTPS that a client trusts which was given the certificate', async () => {
    const { port, server } = await serve(textApp(), { sslContext: 'adhoc' });
    expect(server.url).toBe(`https://127.0.0.1:${port}`);
    const { cert } = await keptCertificate();
    const client = new Client(tls.connect({ port, host: '127.0.0.1', ca: cert }));
    expect((await client.send(get()).response()).body).toBe('hello');
    const doubting = tls.connect({ port, host: '127.0.0.1' });
    const error = await new Promise((resolve) => doubting.once('error', resolve));
    expect(isSslError(error)).toBe(true);
  });

  it('keeps its certificate where only this user can read it', async () => {
    const first = await keptCertificate();
    expect(await keptCertificate()).toEqual(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(cache, 'werkstatt')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(cache, 'werkstatt'))).toEqual(['adhoc.pem']);
  });

  it.each<[string, () => Promise<void> | void]>([
    ['others may read', () => chmodSync(file, 0o644)],
    ['is damaged', () => writeFileSync(file, readFileSync(file, 'utf8').replace(/[A-M]/g, 'x'))],
    ['is empty', () => writeFileSync(file, '')],
    [
      'has expired',
      async () => {
        const { cert, key } = await generateAdhocSslPair({ days: 0.5 });
        writeFileSync(file, key + cert);
      },
    ],
    [
      'has the key of another certificate',
      async () => {
        const { cert } = await generateAdhocSslPair();
        const text = readFileSync(file, 'utf8');
        writeFileSync(file, text.slice(0, text.indexOf('-----BEGIN CERT')) + cert);
      },
    ],
    [
      'is a link',
      () => {
        const elsewhere = join(cache, 'elsewhere');
        writeFileSync(elsewhere, readFileSync(file), { mode: 0o600 });
        rmSync(file);
        symlinkSync(elsewhere, file);
      },
    ],
  ])('makes a new one when the file %s', async (_what, change) => {
    const first = await keptCertificate();
    await change();
    const second = await keptCertificate();
    expect(second.cert).not.toBe(first.cert);
    expect(await keptCertificate()).toEqual(second);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('makes one for each start where none can be kept', async () => {
    mkdirSync(file, { recursive: true });
    const first = await keptCertificate();
    expect(first.cert).toContain('BEGIN CERTIFICATE');
    expect((await keptCertificate()).cert).not.toBe(first.cert);
    expect(readdirSync(join(cache, 'werkstatt'))).toEqual(['adhoc.pem']);
  });

  it('is the same for servers that start together', async () => {
    const pairs = await Promise.all(Array.from({ length: 5 }, () => keptCertificate()));
    expect(new Set(pairs.map(({ cert }) => cert)).size).toBe(1);
    expect(await keptCertificate()).toEqual(pairs[0]);
    expect(readdirSync(join(cache, 'werkstatt'))).toEqual(['adhoc.pem']);
  });

  it.each(['', 'home'])('is written nowhere when HOME is %j', async (home) => {
    vi.stubEnv('XDG_CACHE_HOME', undefined);
    vi.stubEnv('LOCALAPPDATA', undefined);
    vi.stubEnv('HOME', home);
    const place = join(home, '.cache', 'werkstatt');
    onTestFinished(() => rmSync(place, { recursive: true, force: true }));
    expect((await keptCertificate()).cert).toContain('BEGIN CERTIFICATE');
    expect(existsSync(place)).toBe(false);
  });

  it.runIf(process.getuid?.() === 0)('needs no home', async () => {
    const source = new URL('./kept-certificate.ts', import.meta.url).href;
    const hooks = new URL('../../../../tools/source.mjs', import.meta.url).href;
    const script = `process.setuid(54321); const { keptCertificate } = await import('${source}');
      console.log((await keptCertificate()).cert)`;
    const { HOME: _home, XDG_CACHE_HOME: _cache, LOCALAPPDATA: _data, ...env } = process.env;
    const options = ['--import', hooks, '--input-type=module', '-e', script];
    expect(execFileSync(process.execPath, options, { env, encoding: 'utf8' })).toContain('BEGIN');
  });
});

describe('makeSslDevcert', () => {
  it('writes a certificate and a key that nobody else can read', async () => {
    const base = join(temporaryFolder(), 'dev');
    const [certFile, keyFile] = await makeSslDevcert(base, { host: 'shop.test', cn: 'Shop' });
    expect([certFile, keyFile]).toEqual([`${base}.crt`, `${base}.key`]);
    const certificate = new X509Certificate(readFileSync(certFile));
    expect(certificate.subject).toContain('CN=Shop');
    expect(certificate.subjectAltName).toBe('DNS:shop.test, DNS:*.shop.test');
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const { port } = await serve(textApp(), { sslContext: loadSslContext(certFile, keyFile) });
    const url = `https://a.shop.test:${port}/`;
    const resolve = `a.shop.test:${port}:127.0.0.1`;
    const { execFile } = await import('node:child_process');
    const body = await new Promise((done, fail) =>
      execFile('curl', ['-sS', '--cacert', certFile, '--resolve', resolve, url], (error, stdout) =>
        error === null ? done(stdout) : fail(error),
      ),
    );
    expect(body).toBe('hello');
  });

  it('replaces what stands there, and takes an address or nothing', async () => {
    const base = join(temporaryFolder(), 'dev');
    writeFileSync(`${base}.key`, 'old', { mode: 0o666 });
    const [certFile, keyFile] = await makeSslDevcert(base, { host: '10.1.2.3' });
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(new X509Certificate(readFileSync(certFile)).subjectAltName).toBe('IP Address:10.1.2.3');
    await makeSslDevcert(base, { days: 30 });
    const { validTo } = new X509Certificate(readFileSync(certFile));
    expect(Math.round((Date.parse(validTo) - Date.now()) / 86_400_000)).toBe(30);
    expect(
      execFileSync('openssl', ['x509', '-in', certFile, '-noout', '-subject'], {
        encoding: 'utf8',
      }),
    ).toContain('CN = localhost');
  });

  it('says when it cannot write', async () => {
    const base = join(temporaryFolder(), 'none', 'dev');
    await expect(makeSslDevcert(base)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(existsSync(`${base}.crt`)).toBe(false);
  });
});

describe('isSslError', () => {
  it.each([
    ['ERR_SSL_WRONG_VERSION_NUMBER', true],
    ['ERR_OSSL_X509_KEY_VALUES_MISMATCH', true],
    ['ERR_TLS_CERT_ALTNAME_INVALID', true],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', true],
    ['CERT_HAS_EXPIRED', true],
    ['EPROTO', true],
    ['ECONNRESET', false],
    ['ERR_STREAM_DESTROYED', false],
    [undefined, false],
  ])('knows %s', (code, expected) => {
    expect(isSslError(Object.assign(new Error('failed'), { code }))).toBe(expected);
  });

  it('takes anything', () => {
    for (const value of [null, undefined, 'EPROTO', { code: 'EPROTO' }]) {
      expect(isSslError(value)).toBe(false);
    }
  });
});
