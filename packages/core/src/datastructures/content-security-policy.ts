import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { trimBlanks } from '../http/blanks.ts';
import { isToken } from '../http/header-field.ts';
import type { CallbackDict, OnUpdate } from './callback-dict.ts';
import { type DirectiveKind, Directives, defineDirectives } from './directives.ts';

const NAMES: readonly string[] = [
  'base-uri',
  'child-src',
  'connect-src',
  'default-src',
  'fenced-frame-src',
  'font-src',
  'form-action',
  'frame-ancestors',
  'frame-src',
  'img-src',
  'manifest-src',
  'media-src',
  'object-src',
  'report-to',
  'report-uri',
  'require-trusted-types-for',
  'sandbox',
  'script-src',
  'script-src-attr',
  'script-src-elem',
  'style-src',
  'style-src-attr',
  'style-src-elem',
  'trusted-types',
  'upgrade-insecure-requests',
  'worker-src',
];

/**
 * `Content-Security-Policy`, and its `-Report-Only` (CSP level 3). It is a `Map` of directives, whose
 * names are in lower case, and has a property for each that is known: null while it is missing, `''`
 * when it has no value; setting it to null removes it.
 */
export class ContentSecurityPolicy extends Directives<string> {
  /** `base-uri`: what the page's `<base>` may be. */
  declare baseUri: string | null;
  /** `child-src`: frames and workers, where nothing else is said of them. */
  declare childSrc: string | null;
  /** `connect-src`: what scripts may connect to. */
  declare connectSrc: string | null;
  /** `default-src`: whatever has no directive of its own. */
  declare defaultSrc: string | null;
  /** `fenced-frame-src`: what fenced frames may show. */
  declare fencedFrameSrc: string | null;
  /** `font-src`: fonts. */
  declare fontSrc: string | null;
  /** `form-action`: where forms may be sent. */
  declare formAction: string | null;
  /** `frame-ancestors`: who may show the page in a frame. */
  declare frameAncestors: string | null;
  /** `frame-src`: what frames may show. */
  declare frameSrc: string | null;
  /** `img-src`: images. */
  declare imgSrc: string | null;
  /** `manifest-src`: the manifest. */
  declare manifestSrc: string | null;
  /** `media-src`: sound and video. */
  declare mediaSrc: string | null;
  /** `object-src`: plug-ins. */
  declare objectSrc: string | null;
  /** `report-to`: the endpoint that is told of violations. */
  declare reportTo: string | null;
  /** `report-uri`: the same as a URL, for browsers that know no `report-to`. */
  declare reportUri: string | null;
  /** `require-trusted-types-for`: `'script'` guards the ways from text to script. */
  declare requireTrustedTypesFor: string | null;
  /** `sandbox`: takes rights from the page, but for those that it lists. */
  declare sandbox: string | null;
  /** `script-src`: scripts. */
  declare scriptSrc: string | null;
  /** `script-src-attr`: scripts in attributes. */
  declare scriptSrcAttr: string | null;
  /** `script-src-elem`: scripts in `<script>`. */
  declare scriptSrcElem: string | null;
  /** `style-src`: styles. */
  declare styleSrc: string | null;
  /** `style-src-attr`: styles in attributes. */
  declare styleSrcAttr: string | null;
  /** `style-src-elem`: styles in `<style>` and `<link>`. */
  declare styleSrcElem: string | null;
  /** `trusted-types`: the policies that scripts may make. */
  declare trustedTypes: string | null;
  /** `upgrade-insecure-requests`: `''` makes every `http:` of the page `https:`. */
  declare upgradeInsecureRequests: string | null;
  /** `worker-src`: workers. */
  declare workerSrc: string | null;

  static {
    const properties = NAMES.map((name): [string, [string, DirectiveKind]] => [
      name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
      [name, 'text'],
    ]);
    defineDirectives(ContentSecurityPolicy, Object.fromEntries(properties));
  }

  /**
   * @param onUpdate is called after every change.
   * @throws InvalidHeaderError when a directive cannot be sent.
   */
  constructor(
    directives?: Iterable<readonly [name: string, value: string]> | null,
    onUpdate?: OnUpdate<ContentSecurityPolicy>,
  ) {
    super(
      directives && Array.from(directives, checkDirective),
      onUpdate as OnUpdate<CallbackDict<string, string>> | undefined,
    );
  }

  /** Parses a header; of several directives with one name the first holds, as in browsers. */
  static fromHeader(
    header: string | null | undefined,
    onUpdate?: OnUpdate<ContentSecurityPolicy>,
  ): ContentSecurityPolicy {
    return new ContentSecurityPolicy(parseDirectives(header ?? ''), onUpdate);
  }

  /**
   * Sets a directive; `''` for one without a value.
   *
   * @throws InvalidHeaderError when it cannot be sent; then nothing changes.
   */
  override set(name: string, value: string): this {
    // It would begin another policy. A header that was read may have some, which are kept as text.
    if (value.includes(',')) throw unsendable(name, value);
    return super.set(...checkDirective([name, value]));
  }

  /** The header's value. */
  override toHeader(): string {
    return Array.from(this, ([name, value]) => (value === '' ? name : `${name} ${value}`)).join(
      '; ',
    );
  }
}

function parseDirectives(header: string): Map<string, string> {
  const directives = new Map<string, string>();
  for (const part of header.split(';')) {
    const directive = trimBlanks(part);
    const blank = directive.search(/[ \t]/);
    const name = (blank < 0 ? directive : directive.slice(0, blank)).toLowerCase();
    const value = blank < 0 ? '' : trimBlanks(directive.slice(blank));
    if (isToken(name) && !directives.has(name)) directives.set(name, value);
  }
  return directives;
}

/** A semicolon would begin another directive (CSP level 3, section 2.2). */
function checkDirective([name, value]: readonly [string, string]): [name: string, value: string] {
  if (isToken(name) && !value.includes(';')) return [name, value];
  throw unsendable(name, value);
}

function unsendable(name: string, value: string): InvalidHeaderError {
  return new InvalidHeaderError(
    `${JSON.stringify(`${name} ${value}`)} is no directive of a content security policy. ` +
      'Set each directive by itself, without a semicolon or a comma; in URLs, write %3B and %2C.',
  );
}
