import type { AccessLogOption } from './log/access-log.ts';
import type { ServerOptions } from './servers/options.ts';

/** What `runSimple` can be told. Times are milliseconds. */
export interface RunSimpleOptions extends Omit<ServerOptions, 'fd' | 'accessLog'> {
  /**
   * Start again when a file of the application changes. Not available in this version.
   *
   * @default false
   */
  useReloader?: boolean;
  /**
   * Answer an error with a page that shows its stack and sources, by `@werkstatt/debug`. For
   * development only: whoever can open the page can read the application's code.
   *
   * @default false
   */
  useDebugger?: boolean;
  /**
   * With `useDebugger`: evaluate expressions in the frames of an error.
   *
   * @default true
   */
  useEvalex?: boolean;
  /** Further files that the reloader watches. */
  extraFiles?: readonly string[];
  /** Glob patterns of files that the reloader leaves alone. */
  excludePatterns?: readonly string[];
  /**
   * Between two looks of the `stat` reloader.
   *
   * @default 1000
   */
  reloaderInterval?: number;
  /**
   * How changes are noticed: `watch` is told by the system, `stat` looks again and again.
   *
   * @default 'auto'
   */
  reloaderType?: 'auto' | 'watch' | 'stat';
  /**
   * Answer requests in worker threads. Not available in this version.
   *
   * @default false
   */
  threaded?: boolean;
  /**
   * Answer requests in this many processes. More than 1 is not available in this version.
   *
   * @default 1
   */
  processes?: number;
  /** Folders of files to serve, by URL prefix. Not available in this version. */
  staticFiles?: Readonly<Record<string, string>>;
  /**
   * For requests that are running when SIGINT or SIGTERM comes; then they are cut.
   *
   * @default 10000
   */
  gracefulTimeout?: number;
  /** Replace a worker after this many requests. Not available in this version. */
  maxRequests?: number;
  /**
   * A line per request on standard error: a format, a function, or `false` for none.
   *
   * @default true
   */
  accessLog?: AccessLogOption;
}

/** The options that have a default here; the servers' own defaults hold for the others. */
type Defaulted = Required<
  Pick<
    RunSimpleOptions,
    | 'useReloader'
    | 'useDebugger'
    | 'useEvalex'
    | 'extraFiles'
    | 'excludePatterns'
    | 'reloaderInterval'
    | 'reloaderType'
    | 'threaded'
    | 'processes'
    | 'passthroughErrors'
    | 'gracefulTimeout'
    | 'accessLog'
  >
>;

/** Options with their defaults filled in. */
export type ResolvedRunSimpleOptions = RunSimpleOptions & Defaulted;

/** The values of options that are not given. */
export const RUN_SIMPLE_DEFAULTS: Readonly<Defaulted> = Object.freeze({
  useReloader: false,
  useDebugger: false,
  useEvalex: true,
  extraFiles: [],
  excludePatterns: [],
  reloaderInterval: 1_000,
  reloaderType: 'auto',
  threaded: false,
  processes: 1,
  passthroughErrors: false,
  gracefulTimeout: 10_000,
  accessLog: true,
});
