import { describe, expect, it } from 'vitest';
import { type Banner, renderBanner } from './banner.ts';
import { coloured } from './log/colour.ts';

const LOCAL: Banner = { addresses: ['http://localhost:4000/'], tls: false, debugger: false };

const FULL: Banner = {
  serving: 'hello.ts, a gateway application',
  addresses: [
    'https://localhost:4000/',
    'https://192.168.1.5:4000/',
    'https://[2001:db8:85a3:1234:5678:8a2e:370:7334]:4000/',
  ],
  tls: true,
  debugger: true,
};

describe('renderBanner', () => {
  it('is one line for the common case', () => {
    const line = ' * Running on http://localhost:4000/ (Press CTRL+C to quit)';
    expect(renderBanner(LOCAL)).toBe(line);
    expect(renderBanner(LOCAL, { columns: 80 })).toBe(line);
  });

  it('fits into 80 columns', () => {
    expect(renderBanner(FULL, { columns: 80 })).toBe(`\
WARNING: This is a development server with the debugger on. Whoever can open it
can read the source of the application: keep it away from networks you do not
trust.
 * Serving hello.ts, a gateway application
 * Debugger is on
 * TLS is on
 * Running on https://localhost:4000/
 * Running on https://192.168.1.5:4000/
 * Running on https://[2001:db8:85a3:1234:5678:8a2e:370:7334]:4000/
   (Press CTRL+C to quit)`);
  });

  it('fits into 120 columns', () => {
    expect(renderBanner(FULL, { columns: 120 })).toBe(`\
WARNING: This is a development server with the debugger on. Whoever can open it can read the source of the application:
keep it away from networks you do not trust.
 * Serving hello.ts, a gateway application
 * Debugger is on
 * TLS is on
 * Running on https://localhost:4000/
 * Running on https://192.168.1.5:4000/
 * Running on https://[2001:db8:85a3:1234:5678:8a2e:370:7334]:4000/ (Press CTRL+C to quit)`);
  });

  it('says that a certificate is self-signed', () => {
    expect(renderBanner({ ...LOCAL, tls: 'self-signed' }, { columns: 80 })).toContain(
      ' * TLS is on, by a self-signed certificate: a browser warns of it once\n',
    );
  });

  it('is not broken for a pipe', () => {
    expect(renderBanner(FULL).split('\n')[0]).toMatch(/^WARNING: .* you do not trust\.$/);
  });

  it('has a red warning and a yellow hint on a terminal', () => {
    const text = renderBanner({ ...LOCAL, debugger: true }, { columns: 80, paint: coloured });
    expect(text.split('\n')).toEqual([
      '\x1b[1m\x1b[31mWARNING: This is a development server with the debugger on. Whoever can open it\x1b[39m\x1b[22m',
      '\x1b[1m\x1b[31mcan read the source of the application: keep it away from networks you do not\x1b[39m\x1b[22m',
      '\x1b[1m\x1b[31mtrust.\x1b[39m\x1b[22m',
      ' * Debugger is on',
      ' * Running on http://localhost:4000/ \x1b[33m(Press CTRL+C to quit)\x1b[39m',
    ]);
  });
});
