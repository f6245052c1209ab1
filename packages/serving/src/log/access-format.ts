import { didYouMean } from '../running/nearest.ts';
import { OptionError } from '../running/option-errors.ts';
import type { AccessRecord } from './access-log.ts';
import { clfClock } from './clf-time.ts';
import { escapeField, escapeQuoted } from './escape.ts';

type Value = (record: AccessRecord) => string | number | undefined;

/** Makes what a client had a say in harmless where it stands. */
type Escape = (text: string) => string;

/** An atom: the text it stands for, which has been escaped. */
type Atom = (record: AccessRecord, safe: Escape) => string;

/** The formats that have names. */
const NAMES = ['common', 'combined', 'json'];

const PERCENT = /%(?:%|\((\{([^{}]*)\}([ieo])|[^()%]*)\)s)?/g;

/** A field name whose field reaches an application: a token without `_`. */
const FIELD_NAME = /^[!#$%&'*+\-.^`|~0-9A-Za-z]+$/;

const ATOMS: ReadonlyMap<string, () => Atom> = new Map(
  Object.entries({
    h: () => text(({ remoteAddr }) => remoteAddr),
    l: () => () => '-',
    u: () => text(basicUser),
    t: time,
    r:
      () =>
      ({ method, target, protocol }, safe) =>
        `${safe(method)} ${safe(target)} ${safe(protocol)}`,
    m: () => text(({ method }) => method),
    U: () => text(({ target }) => target.split('?', 1)[0]),
    q: () => text(({ target }) => queryOf(target)),
    H: () => text(({ protocol }) => protocol),
    s: () => text(({ status }) => status),
    B: () => text(({ bytes }) => bytes),
    b: () => text(({ bytes }) => bytes || undefined),
    f: () => text(({ referrer }) => referrer),
    a: () => text(({ userAgent }) => userAgent),
    T: () => text(({ duration }) => Math.floor(duration / 1_000)),
    M: () => text(({ duration }) => Math.floor(duration)),
    D: () => text(({ duration }) => Math.round(duration * 1_000)),
    L: () => text(({ duration }) => (duration / 1_000).toFixed(6)),
    p: processId,
  } satisfies Record<string, () => Atom>),
);

/**
 * Makes a writer of lines from a format with gunicorn's atoms, once: a line costs what its format
 * names. Each value is escaped for the place where it stands, between double quotes or outside of
 * them, so that no client ends a line, a quotation or a column; what is not there is `-`.
 *
 * @throws OptionError for an atom that there is not, and for a text without any.
 */
export function compileAccessFormat(format: string): (record: AccessRecord) => string {
  const parts: ((record: AccessRecord) => string)[] = [];
  const literals: string[] = [''];
  let quoted = false;
  let end = 0;
  const literal = (words: string): void => {
    literals[parts.length] += words;
    for (const character of words) if (character === '"') quoted = !quoted;
  };
  for (const match of format.matchAll(PERCENT)) {
    literal(format.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[0] === '%%') {
      literal('%');
      continue;
    }
    const atom = atomOf(format, match);
    const safe = quoted ? escapeQuoted : escapeField;
    parts.push((record) => atom(record, safe));
    literals.push('');
  }
  literal(format.slice(end));
  if (parts.length === 0) throw noAtoms(format);
  const [first, ...behind] = literals as [string, ...string[]];
  return (record) => {
    let line = first;
    for (let i = 0; i < parts.length; i++) line += parts[i]!(record) + behind[i]!;
    return line;
  };
}

function atomOf(format: string, [atom, name, key, kind]: RegExpMatchArray): Atom {
  if (name === undefined) {
    throw wrong(format, "has a % that begins no atom, such as '%(h)s'; write %% for a % itself");
  }
  if (kind === 'e') return text((record) => shown(record.environ[key!]));
  if (kind !== undefined) {
    if (!FIELD_NAME.test(key!)) {
      throw wrong(format, `has '${atom}', but no field has the name '${key}' for an application`);
    }
    return kind === 'i' ? requestField(key!) : responseField(key!);
  }
  const make = ATOMS.get(name);
  if (make === undefined) {
    const known = [...ATOMS.keys()].map((one) => `%(${one})s`).join(' ');
    throw wrong(
      format,
      `has '${atom}', which is no atom. Atoms are ${known} and, in place of one letter, ` +
        '{name}i for a field of the request, {name}o of the response, {key}e of the environ',
    );
  }
  return make();
}

function text(value: Value): Atom {
  return (record, safe) => {
    const found = value(record);
    return found === undefined || found === '' ? '-' : safe(String(found));
  };
}

function time(): Atom {
  const clock = clfClock();
  return (record) => `[${clock(record.time)}]`;
}

function processId(): Atom {
  const shownId = `<${process.pid}>`;
  return () => shownId;
}

function queryOf(target: string): string {
  const mark = target.indexOf('?');
  return mark < 0 ? '' : target.slice(mark + 1);
}

function requestField(name: string): Atom {
  const upper = name.toUpperCase().replaceAll('-', '_');
  const plain = upper === 'CONTENT_TYPE' || upper === 'CONTENT_LENGTH';
  const key = plain ? upper : `HTTP_${upper}`;
  return text((record) => shown(record.environ[key]));
}

function responseField(name: string): Atom {
  const lower = name.toLowerCase();
  return text(({ responseHeaders }) => {
    const values = responseHeaders.filter(([other]) => other.toLowerCase() === lower);
    return values.map(([, value]) => value).join(', ');
  });
}

/** The user of Basic authentication, as the client names itself (RFC 7617). */
function basicUser({ environ }: AccessRecord): string | undefined {
  const [, encoded] = /^basic +(\S+)$/i.exec(environ.HTTP_AUTHORIZATION ?? '') ?? [];
  if (encoded === undefined) return undefined;
  return Buffer.from(encoded, 'base64').toString().split(':', 1)[0];
}

/** A value of an environ, as far as it is text or as good as text. */
function shown(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function wrong(format: string, what: string): OptionError {
  return new OptionError(`The option 'accessLog': the format ${JSON.stringify(format)} ${what}.`);
}

function noAtoms(format: string): OptionError {
  return new OptionError(
    `The option 'accessLog' must be true, false, 'common', 'combined', 'json', a format with ` +
      `atoms such as '%(h)s "%(r)s" %(s)s', or a function, not ${JSON.stringify(format)}.` +
      didYouMean(format, NAMES),
  );
}
