import { readFileSync } from 'node:fs';
import { caseFiles } from '../lib/case-files.ts';

/** A request as another parser reads it. */
export interface Message {
  readonly method: string;
  readonly target: string;
  /** In their order, names in lower case; values one code point per octet. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Latin-1. */
  readonly body: string;
}

/** Octets that were written for the tests of another parser, and what it makes of them. */
export interface Fixture {
  readonly name: string;
  readonly octets: Buffer;
  /** Whether a proxy sends it, which speaks the PROXY protocol. */
  readonly isProxied: boolean;
  readonly isValid: boolean;
  /** The requests that are whole; of an invalid fixture those before the fault, if they are told. */
  readonly messages: readonly Message[];
  /** How many whole requests may be found in an invalid one before its fault. */
  readonly most: number;
}

/** What the files have in common, as far as it is read. */
interface FixtureFile {
  readonly source: { readonly project: string };
  readonly cases: readonly (GunicornCase | LlhttpCase)[];
}

interface NodeVerdict {
  readonly messages: readonly { readonly complete: boolean }[];
}

interface GunicornCase {
  readonly name: string;
  readonly base64: string;
  readonly outcome: 'valid' | 'invalid';
  readonly settings: { readonly proxy_protocol?: boolean };
  readonly looserMayAccept?: boolean;
  readonly requests?: readonly {
    readonly method: string;
    readonly uri: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly bodyBase64: string;
  }[];
  readonly node: NodeVerdict;
}

interface LlhttpCase {
  readonly name: string;
  readonly base64: string;
  readonly strict: boolean;
  readonly fixture: {
    readonly messages: readonly {
      readonly method: string;
      readonly url: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly bodyBase64: string;
      readonly complete: boolean;
    }[];
  };
  readonly node: NodeVerdict;
}

/** Reads every file of fixtures in a folder, in the order of their names. */
export function readFixtures(folder: string): Fixture[] {
  return caseFiles(folder).flatMap((file) => {
    const { source, cases } = JSON.parse(readFileSync(file, 'utf8')) as FixtureFile;
    return cases.map((one) => {
      const common = { name: `${source.project} ${one.name}`, octets: octets(one.base64) };
      return { ...common, ...('outcome' in one ? ofGunicorn(one) : ofLlhttp(one)) };
    });
  });
}

type Verdict = Omit<Fixture, 'name' | 'octets'>;

function ofGunicorn(one: GunicornCase): Verdict {
  const { outcome, settings, looserMayAccept, requests = [], node } = one;
  const messages = requests.map(({ method, uri, headers, bodyBase64 }) => ({
    method,
    target: uri,
    fields: lowerCased(headers),
    body: octets(bodyBase64).toString('latin1'),
  }));
  const most = looserMayAccept ? 0 : complete(node);
  const isProxied = settings.proxy_protocol === true;
  return { isProxied, isValid: outcome === 'valid', messages, most };
}

function ofLlhttp({ strict, fixture, node }: LlhttpCase): Verdict {
  const messages = fixture.messages
    .filter((message) => message.complete)
    .map(({ method, url, headers, bodyBase64 }) => ({
      method,
      target: url,
      fields: lowerCased(headers),
      body: octets(bodyBase64).toString('latin1'),
    }));
  return {
    isProxied: false,
    isValid: strict,
    messages: strict ? messages : [],
    most: complete(node),
  };
}

function complete({ messages }: NodeVerdict): number {
  return messages.filter((message) => message.complete).length;
}

function octets(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}

function lowerCased(fields: readonly (readonly [string, string])[]): [string, string][] {
  return fields.map(([name, value]) => [name.toLowerCase(), value]);
}
