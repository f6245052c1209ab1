import type { OnUpdate } from '../datastructures/callback-dict.ts';
import { dumpSfDictionary } from '../structured/dump-sf.ts';
import { parseSfDictionary } from '../structured/parse-sf.ts';
import { SfToken } from '../structured/sf-token.ts';
import type { SfBareItem, SfMember, SfMemberInit } from '../structured/sf-types.ts';
import { LiveField } from './live-field.ts';

const KEYWORDS: ReadonlySet<string> = new Set(['*', 'self', 'src']);

/** Who may use a feature: `'*'`, `'self'`, `'src'` and origins; an empty list is nobody. */
export type Allowlist = readonly string[];

/** Features with those who may use them. */
export type PermissionsPolicyInit =
  | Iterable<readonly [feature: string, allowlist: Allowlist]>
  | Readonly<Record<string, Allowlist>>;

/**
 * `Permissions-Policy` (W3C): which features of the browser a page, and what it embeds, may use:
 * `{ camera: [], geolocation: ['self', 'https://maps.example'] }`.
 */
export class PermissionsPolicy
  extends LiveField
  implements Iterable<readonly [feature: string, allowlist: Allowlist]>
{
  readonly #features = new Map<string, Allowlist>();
  /** Where violations are reported, by feature. */
  readonly #endpoints = new Map<string, string>();

  constructor(init: PermissionsPolicyInit = {}, onUpdate?: OnUpdate<PermissionsPolicy>) {
    super();
    const entries = Symbol.iterator in init ? init : Object.entries(init);
    for (const [feature, allowlist] of entries as Iterable<readonly [string, Allowlist]>) {
      this.set(feature, allowlist);
    }
    this.onUpdate = onUpdate;
  }

  /** Parses the header; a malformed one is empty, and unknown words in it are left out. */
  static fromHeader(
    header: string | null | undefined,
    onUpdate?: OnUpdate<PermissionsPolicy>,
  ): PermissionsPolicy {
    const policy = new PermissionsPolicy();
    for (const [feature, member] of parseSfDictionary(header) ?? []) {
      policy.#features.set(feature, readAllowlist(member));
      const endpoint = member.params.get('report-to');
      if (typeof endpoint === 'string') policy.#endpoints.set(feature, endpoint);
    }
    policy.onUpdate = onUpdate;
    return policy;
  }

  /** How many features the policy is about. */
  get size(): number {
    return this.#features.size;
  }

  /** Whether the policy is about a feature. */
  has(feature: string): boolean {
    return this.#features.has(feature);
  }

  /** Who may use a feature; `undefined` when the policy does not say. */
  get(feature: string): Allowlist | undefined {
    return this.#features.get(feature);
  }

  /** Where violations are reported: the name of an endpoint of `Reporting-Endpoints`. */
  getReportTo(feature: string): string | undefined {
    return this.#endpoints.get(feature);
  }

  /**
   * Says who may use a feature.
   *
   * @param reportTo where violations are reported; default: nowhere.
   * @throws InvalidHeaderError when the feature's name, or an origin, cannot be sent.
   */
  set(feature: string, allowlist: Allowlist, reportTo?: string): void {
    dumpSfDictionary([[feature, toMember(allowlist, reportTo)]]);
    this.#features.set(feature, [...allowlist]);
    if (reportTo === undefined) this.#endpoints.delete(feature);
    else this.#endpoints.set(feature, reportTo);
    this.changed();
  }

  /** Says nothing of a feature any more; returns whether it was there. */
  delete(feature: string): boolean {
    this.#endpoints.delete(feature);
    const deleted = this.#features.delete(feature);
    if (deleted) this.changed();
    return deleted;
  }

  [Symbol.iterator](): IterableIterator<[feature: string, allowlist: Allowlist]> {
    return this.#features.entries();
  }

  override toHeader(): string {
    return dumpSfDictionary(
      Array.from(this.#features, ([feature, allowlist]) => [
        feature,
        toMember(allowlist, this.#endpoints.get(feature)),
      ]),
    );
  }
}

function readAllowlist(member: SfMember): Allowlist {
  const values = Array.isArray(member.value)
    ? member.value.map(({ value }) => value)
    : [member.value];
  return values.flatMap(readSource);
}

function readSource(value: SfBareItem): readonly string[] {
  if (typeof value === 'string') return [value];
  return value instanceof SfToken && KEYWORDS.has(value.value) ? [value.value] : [];
}

function toMember(allowlist: Allowlist, reportTo: string | undefined): SfMemberInit {
  const params = reportTo === undefined ? [] : ([['report-to', reportTo]] as const);
  if (allowlist.includes('*')) return { value: new SfToken('*'), params };
  return {
    value: allowlist.map((source) => (KEYWORDS.has(source) ? new SfToken(source) : source)),
    params,
  };
}
