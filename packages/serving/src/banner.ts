import { type Paint, plain } from './log/colour.ts';

/** What a start tells the person who started it. */
export interface Banner {
  /** What is served, when a command found it out: `'hello.ts', a gateway application`. */
  serving?: string;
  /** Where it can be opened; the first is what to try. */
  addresses: readonly string[];
  /** `'self-signed'`: by a certificate that no browser knows. */
  tls: boolean | 'self-signed';
  debugger: boolean;
}

/** Where the banner is shown. */
export interface BannerOptions {
  /** The width of the terminal: prose is broken to fit, addresses never. @default Infinity */
  columns?: number;
  /** @default plain */
  paint?: Paint;
}

const WARNING =
  'WARNING: This is a development server with the debugger on. Whoever can open it can read ' +
  'the source of the application: keep it away from networks you do not trust.';

const SELF_SIGNED = ', by a self-signed certificate: a browser warns of it once';
const QUIT = '(Press CTRL+C to quit)';

/** The banner's text, without a last line end. */
export function renderBanner(banner: Banner, options: BannerOptions = {}): string {
  const { columns = Number.POSITIVE_INFINITY, paint = plain } = options;
  const lines: string[] = [];
  if (banner.debugger) {
    lines.push(...wrap(WARNING, columns).map((line) => paint(['bold', 'red'], line)));
  }
  if (banner.serving !== undefined) lines.push(` * Serving ${banner.serving}`);
  if (banner.debugger) lines.push(' * Debugger is on');
  if (banner.tls) lines.push(` * TLS is on${banner.tls === 'self-signed' ? SELF_SIGNED : ''}`);
  const last = banner.addresses.length - 1;
  banner.addresses.forEach((address, index) => {
    const line = ` * Running on ${address}`;
    const quit = paint('yellow', QUIT);
    if (index < last) lines.push(line);
    else if (line.length + 1 + QUIT.length <= columns) lines.push(`${line} ${quit}`);
    else lines.push(line, `   ${quit}`);
  });
  return lines.join('\n');
}

/** Breaks prose at blanks into lines of at most `columns`. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line += line === '' ? word : ` ${word}`;
    }
  }
  return [...lines, line];
}
