import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls, { type PeerCertificate } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeCertificate } from '../../test/certificate.ts';
import { Client } from '../../test/client.ts';
import { eventually, get, pause, serve, textApp } from '../../test/serve.ts';
import { makeServer } from '../make-server.ts';
import { OptionError } from '../running/option-errors.ts';
import { generateAdhocSslPair, type SslPair } from './adhoc-pair.ts';
import { loadSslContext } from './load-ssl-context.ts';
import type { SslContext } from './ssl-context.ts';

let main: SslPair;
let other: SslPair;
let third: SslPair;
const folder = mkdtempSync(join(tmpdir(), 'werkstatt-tls-'));
beforeAll(async () => {
  [main, other, third] = await Promise.all([
    generateAdhocSslPair({ cn: 'main.example' }),
    generateAdhocSslPair({ cn: 'other.example' }),
    generateAdhocSslPair({ cn: 'third.example' }),
  ]);
});
afterAll(() => rmSync(folder, { recursive: true }));

function connectTo(port: number, servername: string, options: tls.ConnectionOptions = {}): Client {
  const base = { port, host: '127.0.0.1', servername, rejectUnauthorized: false };
  return new Client(tls.connect({ ...base, ...options }));
}

/** The common name of the certificate that a name is answered with; `''` where the handshake fails. */
async function nameFor(port: number, servername: string): Promise<string> {
  const client = connectTo(port, servername);
  const answer = await client
    .send(get())
    .response()
    .catch(() => undefined);
  if (answer === undefined) return '';
  const certificate = (client.socket as tls.TLSSocket).getPeerCertificate() as PeerCertificate;
  client.socket.destroy();
  return certificate.subject.CN as string;
}

function pairInFiles(name: string, pair: SslPair): { cert: string; key: string } {
  const paths = { cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  writeFileSync(paths.cert, pair.cert);
  writeFileSync(paths.key, pair.key);
  return paths;
}

describe('certificates by name', () => {
  it('are those of sni, whatever the case, and the default one for other names', async () => {
    const { port } = await serve(textApp(), {
      sslContext: { ...main, sni: { 'Other.example': other, '*.wild.example': third } },
    });
    expect(await nameFor(port, 'oTHER.example')).toBe('other.example');
    expect(await nameFor(port, 'a.wild.example')).toBe('third.example');
    expect(await nameFor(port, 'a.b.wild.example')).toBe('main.example');
    expect(await nameFor(port, 'wild.example')).toBe('main.example');
    expect(await nameFor(port, '__proto__')).toBe('main.example');
    expect(await nameFor(port, 'localhost')).toBe('main.example');
    expect(await nameFor(port, '')).toBe('main.example');
  });

  it('are what sniCallback finds: options, paths, a context, now or later, or nothing', async () => {
    const asked: string[] = [];
    const { port } = await serve(textApp(), {
      sslContext: {
        ...main,
        sniCallback: (name) => {
          asked.push(name);
          if (name === 'paths.example') return pairInFiles('callback', third);
          if (name === 'context.example') return tls.createSecureContext(other);
          return name === 'late.example' ? pause().then(() => other) : undefined;
        },
      },
    });
    expect(await nameFor(port, 'Paths.example')).toBe('third.example');
    expect(await nameFor(port, 'context.example')).toBe('other.example');
    expect(await nameFor(port, 'late.example')).toBe('other.example');
    expect(await nameFor(port, 'unknown.example')).toBe('main.example');
    expect(asked).toEqual(['paths.example', 'context.example', 'late.example', 'unknown.example']);
  });

  it('fail the handshake and are logged where sniCallback fails, and nothing leaks', async () => {
    const secrets: Record<string, () => unknown> = {
      'throws.example': () => {
        throw new Error('it threw');
      },
      'rejects.example': () => Promise.reject('a rejection'),
      'empty.example': () => ({}),
      'broken.example': () => ({ cert: main.cert, key: other.key }),
      'number.example': () => 7,
    };
    const { port, server, lines } = await serve(textApp(), {
      sslContext: { ...main, sniCallback: ((name: string) => secrets[name]?.()) as never },
    });
    for (const name of Object.keys(secrets)) expect(await nameFor(port, name)).toBe('');
    for (let i = 0; i < 50; i++) await nameFor(port, 'throws.example');
    expect(lines).toHaveLength(55);
    expect(lines[0]).toMatch(
      /^Error while accepting: Error: sslContext\.sniCallback failed for "throws\.example"/,
    );
    expect(lines[0]).toContain('Caused by: Error: it threw');
    expect(await nameFor(port, 'fine.example')).toBe('main.example');
    const open = () => new Promise<number>((r) => server.socket!.getConnections((_e, n) => r(n)));
    let left = -1;
    await eventually(() => {
      void open().then((count) => (left = count));
      return left === 0;
    });
  });

  it('survive contexts that are none, and clients that leave before their answer', async () => {
    const { port, lines } = await serve(textApp(), {
      sslContext: {
        ...main,
        sniCallback: (async (name: string) => {
          if (name === 'fake.example') return { context: {} };
          await pause(100);
          if (name === 'late.example') return other;
          throw new Error('too late');
        }) as never,
      },
    });
    expect(await nameFor(port, 'fake.example')).toBe('');
    for (const name of ['late.example', 'failing.example']) {
      const client = connectTo(port, name);
      await pause(40);
      client.socket.destroy();
    }
    await eventually(() => lines.length === 1);
    expect(lines[0]).toContain('Caused by: Error: too late');
    expect(await nameFor(port, 'late.example')).toBe('other.example');
  });

  it('take ca from the default, for mutual TLS', async () => {
    const client = makeCertificate();
    onTestFinished(() => rmSync(client.folder, { recursive: true }));
    const sslContext: SslContext = {
      ...main,
      ca: client.cert,
      requestCert: true,
      sni: { 'other.example': other },
    };
    const app = textApp((environ) => String(environ.SSL_CLIENT_CERT ?? 'none').trim());
    const { port } = await serve(app, { sslContext });
    const trusted = connectTo(port, 'other.example', { cert: client.cert, key: client.key }).send(
      get(),
    );
    expect((await trusted.response()).body).toBe(client.cert.trim());
    const stranger = connectTo(port, 'other.example', third).send(get());
    await expect(stranger.response()).rejects.toThrow();
    const lenient = await serve(app, { sslContext: { ...sslContext, rejectUnauthorized: false } });
    const served = connectTo(lenient.port, 'other.example', third).send(get());
    expect((await served.response()).body).toBe('none');
  });
});

describe('reloadCertificates', () => {
  it('gives new connections the new certificates, while old ones go on', async () => {
    const first = pairInFiles('reload', main);
    const named = pairInFiles('reload-named', other);
    const { port, server } = await serve(textApp(), {
      sslContext: { ...first, sni: { 'named.example': named } },
    });
    const open = connectTo(port, 'main.example');
    await open.send(get()).response();
    expect(await nameFor(port, 'named.example')).toBe('other.example');

    pairInFiles('reload', third);
    pairInFiles('reload-named', main);
    expect(await nameFor(port, 'x.example')).toBe('main.example');
    expect(server.reloadCertificates()).toBe(true);
    expect(await nameFor(port, 'x.example')).toBe('third.example');
    expect(await nameFor(port, 'named.example')).toBe('main.example');
    expect((await open.send(get()).response()).status).toBe(200);
  });

  it('keeps all certificates when a file is broken, and says why', async () => {
    const sslContext = { ...pairInFiles('keep', main), sni: { a: pairInFiles('keep-a', other) } };
    const { port, server, lines } = await serve(textApp(), { sslContext });
    writeFileSync(sslContext.cert, third.cert);
    expect(server.reloadCertificates()).toBe(false);
    copyFileSync(sslContext.key, sslContext.cert);
    expect(server.reloadCertificates()).toBe(false);
    pairInFiles('keep', third);
    rmSync(sslContext.sni.a.key);
    expect(server.reloadCertificates()).toBe(false);
    expect(await nameFor(port, 'x')).toBe('main.example');
    expect(await nameFor(port, 'a')).toBe('other.example');
    expect(lines.map((line) => line.split('\n', 1)[0])).toEqual([
      expect.stringMatching(/^Certificates were not reloaded: OptionError: sslContext has no cert/),
      expect.stringMatching(/^Certificates were not reloaded: OptionError: sslContext has no cert/),
      expect.stringMatching(/: OptionError: sslContext\.sni\['a'\]\.key: ".*" can't be read/),
    ]);
  });

  it('does nothing without TLS, or before the server listens', async () => {
    const { server } = await serve(textApp());
    expect(server.reloadCertificates()).toBe(true);
    expect(makeServer({ app: textApp(), sslContext: main }).reloadCertificates()).toBe(true);
  });
});

describe('an sslContext', () => {
  it.each<[string, () => SslContext, RegExp]>([
    ['without a certificate', () => ({}), /^sslContext needs cert and key, as PEM/],
    ['without a key', () => ({ cert: main.cert }), /^sslContext needs cert and key/],
    [
      'whose key is of another certificate',
      () => ({ cert: main.cert, key: other.key }),
      /^sslContext has no certificate and key that fit: .*mismatch/i,
    ],
    [
      'with a name without key',
      () => ({ ...main, sni: { 'a.example': { cert: other.cert } } }),
      /^sslContext\.sni\['a\.example'\] has no certificate|^sslContext\.sni\['a\.example'\] needs/,
    ],
    [
      "with Node's SNICallback",
      () => ({ ...main, SNICallback: () => {} }) as SslContext,
      /^sslContext takes no 'SNICallback'\. Give 'sniCallback'/,
    ],
  ])('%s is refused at the start', async (_what, sslContext, message) => {
    const server = makeServer({ app: textApp(), sslContext: sslContext() });
    const error = await server.listen().catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(OptionError);
    expect((error as Error).message).toMatch(message);
  });

  it('may have certificates by name alone', async () => {
    const { port } = await serve(textApp(), { sslContext: { sni: { 'other.example': other } } });
    expect(await nameFor(port, 'other.example')).toBe('other.example');
    expect(await nameFor(port, 'unknown.example')).toBe('');
  });

  it('speaks no version below TLS 1.2, unless told to', async () => {
    const { port } = await serve(textApp(), { sslContext: main });
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const;
    await expect(connectTo(port, 'a', old).send(get()).response()).rejects.toThrow();
    const lower = { ...main, minVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const;
    const lowered = await serve(textApp(), { sslContext: lower });
    expect((await connectTo(lowered.port, 'a', old).send(get()).response()).status).toBe(200);
  });

  it('is loaded from files, which are held against each other', () => {
    const paths = pairInFiles('load', main);
    expect(loadSslContext(paths.cert, paths.key)).toEqual(paths);
    const both = join(folder, 'both.pem');
    writeFileSync(both, main.key + main.cert);
    expect(loadSslContext(both)).toEqual({ cert: both, key: both });
    expect(() => loadSslContext(paths.cert)).toThrow(OptionError);
    expect(() => loadSslContext(join(folder, 'none.crt'))).toThrow("can't be read");
  });
});
