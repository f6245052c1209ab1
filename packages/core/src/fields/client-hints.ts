import { showParts } from '../datastructures/inspect.ts';
import { parseSfItem, parseSfList } from '../structured/parse-sf.ts';
import { SfDecimal } from '../structured/sf-decimal.ts';
import { SfToken } from '../structured/sf-token.ts';

/** A browser, or what it is made of, with its version. */
export interface UserAgentBrand {
  readonly brand: string;
  readonly version: string;
}

/** Where header fields are read: a `Headers`, or anything with its `get`. */
export interface FieldSource {
  get(name: string): string | null | undefined;
}

/**
 * What a browser tells of itself by client hints (RFC 8942; User-Agent Client Hints), read when
 * asked for: `new ClientHints(request.headers).platform`. All of it is the client's word. What is
 * missing, or not of the type it should be, is `null`.
 */
export class ClientHints {
  static {
    showParts(ClientHints, sentHints);
  }

  readonly #headers: FieldSource;

  constructor(headers: FieldSource) {
    this.#headers = headers;
  }

  /** `Sec-CH-UA`: the brands with their major versions; some are made up, so that none is relied on. */
  get brands(): readonly UserAgentBrand[] | null {
    return parseUserAgentBrands(this.#headers.get('Sec-CH-UA'));
  }

  /** `Sec-CH-UA-Full-Version-List`: the brands with their whole versions. */
  get fullVersionList(): readonly UserAgentBrand[] | null {
    return parseUserAgentBrands(this.#headers.get('Sec-CH-UA-Full-Version-List'));
  }

  /** `Sec-CH-UA-Mobile`: whether a page for small screens is wanted. */
  get mobile(): boolean | null {
    return this.#boolean('Sec-CH-UA-Mobile');
  }

  /** `Sec-CH-UA-Platform`, as `Windows` or `macOS`. */
  get platform(): string | null {
    return this.#string('Sec-CH-UA-Platform');
  }

  /** `Sec-CH-UA-Platform-Version`. */
  get platformVersion(): string | null {
    return this.#string('Sec-CH-UA-Platform-Version');
  }

  /** `Sec-CH-UA-Arch`, as `x86` or `arm`. */
  get arch(): string | null {
    return this.#string('Sec-CH-UA-Arch');
  }

  /** `Sec-CH-UA-Bitness`, as `64`. */
  get bitness(): string | null {
    return this.#string('Sec-CH-UA-Bitness');
  }

  /** `Sec-CH-UA-Model`: the device. */
  get model(): string | null {
    return this.#string('Sec-CH-UA-Model');
  }

  /** `Sec-CH-UA-WoW64`: whether a 32-bit browser runs on 64-bit Windows. */
  get wow64(): boolean | null {
    return this.#boolean('Sec-CH-UA-WoW64');
  }

  /** `Sec-CH-UA-Form-Factors`, as `Desktop`, `Mobile` or `XR`. */
  get formFactors(): readonly string[] | null {
    const list = parseSfList(this.#headers.get('Sec-CH-UA-Form-Factors'));
    if (!list) return null;
    return list.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  }

  /** `Sec-CH-Prefers-Color-Scheme`, as `dark` or `light`. */
  get prefersColorScheme(): string | null {
    return this.#string('Sec-CH-Prefers-Color-Scheme');
  }

  /** `Sec-CH-Prefers-Reduced-Motion`, as `reduce` or `no-preference`. */
  get prefersReducedMotion(): string | null {
    return this.#string('Sec-CH-Prefers-Reduced-Motion');
  }

  /** `Sec-CH-DPR`: device pixels per CSS pixel. */
  get devicePixelRatio(): number | null {
    return this.#number('Sec-CH-DPR');
  }

  /** `Sec-CH-Viewport-Width`, in CSS pixels. */
  get viewportWidth(): number | null {
    return this.#number('Sec-CH-Viewport-Width');
  }

  /** `Sec-CH-Viewport-Height`, in CSS pixels. */
  get viewportHeight(): number | null {
    return this.#number('Sec-CH-Viewport-Height');
  }

  /** `Sec-CH-Width`: how wide an image will be, in device pixels. */
  get width(): number | null {
    return this.#number('Sec-CH-Width');
  }

  /** `Device-Memory`, in GiB, coarsely. */
  get deviceMemory(): number | null {
    return this.#number('Device-Memory');
  }

  /** `Downlink`, in megabits per second. */
  get downlink(): number | null {
    return this.#number('Downlink');
  }

  /** `RTT`: a round trip, in milliseconds. */
  get rtt(): number | null {
    return this.#number('RTT');
  }

  /** `ECT`: what kind of connection it is like, as `4g`. */
  get effectiveConnectionType(): string | null {
    return this.#string('ECT');
  }

  /** `Save-Data`: whether the person wants to save data. */
  get saveData(): boolean {
    return String(this.#value('Save-Data')) === 'on';
  }

  #value(name: string): unknown {
    return parseSfItem(this.#headers.get(name))?.value;
  }

  /** A string; some of these headers began as tokens, and browsers differ. */
  #string(name: string): string | null {
    const value = this.#value(name);
    if (typeof value === 'string') return value;
    return value instanceof SfToken ? value.value : null;
  }

  #boolean(name: string): boolean | null {
    const value = this.#value(name);
    return typeof value === 'boolean' ? value : null;
  }

  #number(name: string): number | null {
    const value = this.#value(name);
    if (value instanceof SfDecimal) return value.value;
    return typeof value === 'number' ? value : null;
  }
}

/** The hints that were sent, by the names of their properties. */
function sentHints(hints: ClientHints): object {
  const properties = Object.getOwnPropertyDescriptors(ClientHints.prototype);
  const sent = Object.entries(properties)
    .filter(([, { get }]) => get !== undefined)
    .map(([name]) => [name, hints[name as keyof ClientHints]])
    .filter(([, value]) => value !== null);
  return Object.fromEntries(sent);
}

/**
 * Parses `Sec-CH-UA` and `Sec-CH-UA-Full-Version-List` (User-Agent Client Hints).
 *
 * @returns `null` when there is none, or it is malformed.
 */
export function parseUserAgentBrands(
  header: string | null | undefined,
): readonly UserAgentBrand[] | null {
  const list = parseSfList(header);
  if (!list) return null;
  const brands: UserAgentBrand[] = [];
  for (const { value, params } of list) {
    const version = params.get('v');
    if (typeof value === 'string') {
      brands.push({ brand: value, version: typeof version === 'string' ? version : '' });
    }
  }
  return brands;
}
