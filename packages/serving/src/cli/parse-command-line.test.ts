import { describe, expect, it } from 'vitest';
import { UsageError } from './command-errors.ts';
import { parseCommandLine, type ServeOptions } from './parse-command-line.ts';

describe('parseCommandLine', () => {
  it('reads a target and its options in any order', () => {
    expect(parseCommandLine(['serve', 'hello.ts'])).toEqual({
      name: 'serve',
      target: 'hello.ts',
      debug: false,
    });
    const args = [
      '--port=0',
      'serve',
      '--debug',
      '--host',
      '',
      'hello:app',
      '--log-format',
      'none',
    ];
    expect(parseCommandLine(args)).toEqual({
      name: 'serve',
      target: 'hello:app',
      debug: true,
      host: '',
      port: 0,
      accessLog: false,
    });
    expect(parseCommandLine(['serve', 'a', '-p', '80'])).toMatchObject({ port: 80 });
  });

  it('takes a certificate and its key from two files, from one, or makes one', () => {
    const sslContext = (line: string) =>
      (parseCommandLine(`serve a ${line}`.split(' ')) as ServeOptions).sslContext;
    expect(sslContext('--cert a.crt --key a.key')).toEqual({ cert: 'a.crt', key: 'a.key' });
    expect(sslContext('--cert both.pem')).toEqual({ cert: 'both.pem', key: 'both.pem' });
    expect(sslContext('--cert adhoc')).toBe('adhoc');
    expect(sslContext('--debug')).toBeUndefined();
  });

  it('knows help and version with and without a command', () => {
    expect(parseCommandLine(['--help'])).toEqual({ name: 'help' });
    expect(parseCommandLine(['serve', '-h'])).toEqual({ name: 'help' });
    expect(parseCommandLine(['--version'])).toEqual({ name: 'version' });
  });

  it.each<[string, string]>([
    ['', 'What to do? The command is: serve.'],
    ['srve x', "There is no command 'srve'. Did you mean 'serve'?"],
    ['hello.ts', "There is no command 'hello.ts'. Did you mean 'werkstatt serve hello.ts'?"],
    ['routes x', "'werkstatt routes' is not available in this version."],
    ['serve', 'What to serve?'],
    ['serve a b', "what is 'b'?"],
    ['serve a --prot 1', "There is no option --prot. Did you mean '--port'?"],
    ['serve a -x', 'There is no option -x.'],
    ['serve a --__proto__', 'There is no option --__proto__.'],
    ['serve a --reload', '--reload is not available in this version.'],
    ['serve a --port', '--port needs a value.'],
    ['serve a --port --debug', '--port needs a value.'],
    ['serve a --key a.key', '--key needs --cert'],
    ['serve a --cert', '--cert needs a value.'],
    ['serve a --cert adhoc --key a.key', '--cert adhoc has a key of its own'],
    ['serve a --debug=yes', '--debug takes no value.'],
    ['serve a --port 65536', "--port must be a number from 0 to 65535, not '65536'."],
    ['serve a --port 4e3', "not '4e3'."],
    ['serve a --log-format jsn', "not 'jsn'. Did you mean 'json'?"],
    ['serve a --log-format %(y)s', "--log-format is wrong. The option 'accessLog': the format"],
  ])('refuses %j', (line, message) => {
    const args = line.split(' ').filter((word) => word !== '');
    expect(() => parseCommandLine(args)).toThrow(UsageError);
    expect(() => parseCommandLine(args)).toThrow(message);
  });
});
