import { describe, expect, it } from 'vitest';
import { RUN_SIMPLE_DEFAULTS, type RunSimpleOptions } from '../run-simple-options.ts';
import { checkArguments, checkOptions } from './check-options.ts';
import { NotAvailableError, OptionError } from './option-errors.ts';

function check(options: object): unknown {
  return checkOptions(options as RunSimpleOptions);
}

describe('checkOptions', () => {
  it('fills in the defaults', () => {
    expect(checkOptions({ useDebugger: true })).toEqual({
      useReloader: false,
      useDebugger: true,
      useEvalex: true,
      extraFiles: [],
      excludePatterns: [],
      reloaderInterval: 1000,
      reloaderType: 'auto',
      threaded: false,
      processes: 1,
      passthroughErrors: false,
      gracefulTimeout: 10_000,
      accessLog: true,
    });
  });

  it('takes undefined for an option that is left out', () => {
    expect(check({ useDebugger: undefined, limits: { maxBodySize: undefined } })).toMatchObject(
      RUN_SIMPLE_DEFAULTS,
    );
  });

  it.each<[object, string]>([
    [{ useDebuger: true }, "runSimple has no option 'useDebuger'. Did you mean 'useDebugger'?"],
    [{ zebra: 1 }, "runSimple has no option 'zebra'."],
    [{ ['__proto__x']: 1 }, "runSimple has no option '__proto__x'."],
    [{ useDebugger: 1 }, "The option 'useDebugger' must be true or false, not 1."],
    [{ processes: 0 }, "The option 'processes' must be a whole number, 1 or more, not 0."],
    [
      { gracefulTimeout: '10 s' },
      "The option 'gracefulTimeout' must be a number of milliseconds from 0 to 2147483647, not '10 s'.",
    ],
    [{ gracefulTimeout: Number.POSITIVE_INFINITY }, 'not Infinity.'],
    [
      { reloaderType: 'poll' },
      "The option 'reloaderType' must be one of 'auto', 'watch', 'stat', not 'poll'.",
    ],
    [
      { accessLog: 'cmmon' },
      "The option 'accessLog' must be true, false, 'common', 'combined', 'json', a format with atoms such as '%(h)s \"%(r)s\" %(s)s', or a function, not \"cmmon\". Did you mean 'common'?",
    ],
    [{ accessLog: '%(h)s %(y)s' }, "has '%(y)s', which is no atom. Atoms are %(h)s "],
    [
      { accessLogTo: 1 as never },
      "The option 'accessLogTo' must be a stream to write to or the path of a file, not 1.",
    ],
    [
      { limits: { maxHeadrSize: 1 } },
      "runSimple has no option 'limits.maxHeadrSize'. Did you mean 'maxHeaderSize'?",
    ],
    [
      { timeouts: { headerTimeout: -1 } },
      "The option 'timeouts.headerTimeout' must be a number of milliseconds, 0 or more, not -1.",
    ],
  ])('refuses %j', (options, message) => {
    expect(() => check(options)).toThrow(OptionError);
    expect(() => check(options)).toThrow(message);
  });

  it.each<[object, string]>([
    [{ useReloader: true }, 'useReloader: true is not available in this version.'],
    [{ threaded: true }, 'threaded: true is not available in this version.'],
    [{ processes: 2 }, 'processes: 2 is not available in this version.'],
    [{ staticFiles: { '/a': 'b' } }, 'is not available in this version.'],
    [{ maxRequests: 5 }, 'maxRequests: 5 is not available in this version.'],
  ])('says that %j is not there yet', (options, message) => {
    expect(() => check(options)).toThrow(NotAvailableError);
    expect(() => check(options)).toThrow(message);
  });

  it('takes what asks for no more than there is', () => {
    expect(() =>
      check({ useReloader: false, threaded: false, processes: 1, reloaderType: 'stat' }),
    ).not.toThrow();
  });
});

describe('checkArguments', () => {
  const app = () => [];

  it('takes a name, a port and a function', () => {
    expect(() => checkArguments('', 0, app)).not.toThrow();
  });

  it.each<[unknown, unknown, unknown, string]>([
    [4000, 4000, app, "The hostname must be a string, such as 'localhost'"],
    ['localhost', '4000', app, "The port must be a whole number from 0 to 65535, not '4000'."],
    ['localhost', 65_536, app, 'not 65536.'],
    ['localhost', 4000, undefined, 'The application must be a function'],
  ])('refuses %j, %j, %s', (hostname, port, application, message) => {
    expect(() => checkArguments(hostname, port, application)).toThrow(message);
  });
});
