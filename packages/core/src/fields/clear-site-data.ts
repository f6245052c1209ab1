import type { OnUpdate } from '../datastructures/callback-dict.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { FieldScanner } from './field-scanner.ts';
import { LiveField } from './live-field.ts';

const TYPES = [
  '*',
  'cache',
  'clientHints',
  'cookies',
  'executionContexts',
  'prefetchCache',
  'prerenderCache',
  'storage',
] as const;

/** What `Clear-Site-Data` can clear; `*` is everything. */
export type SiteDataType = (typeof TYPES)[number];

const TYPE_SET: ReadonlySet<string> = new Set(TYPES);

/** `Clear-Site-Data` (W3C): what the browser shall forget of this site, as a set. */
export class ClearSiteData extends LiveField implements Iterable<SiteDataType> {
  readonly #types = new Set<SiteDataType>();

  /** @throws InvalidHeaderError for a type that is unknown. */
  constructor(types: Iterable<SiteDataType> = [], onUpdate?: OnUpdate<ClearSiteData>) {
    super();
    for (const type of types) this.add(type);
    this.onUpdate = onUpdate;
  }

  /** Parses the header; types that are unknown, or not in quotes, are left out. */
  static fromHeader(
    header: string | null | undefined,
    onUpdate?: OnUpdate<ClearSiteData>,
  ): ClearSiteData {
    const field = new ClearSiteData();
    const scanner = new FieldScanner(header ?? '');
    while (!scanner.atEnd) {
      scanner.skipBlanks();
      const type = scanner.readQuoted();
      if (type !== null && TYPE_SET.has(type)) field.#types.add(type as SiteDataType);
      scanner.skipTo(',');
      scanner.take(',');
    }
    field.onUpdate = onUpdate;
    return field;
  }

  /** How many types there are. */
  get size(): number {
    return this.#types.size;
  }

  /** Whether a type is cleared, be it by name or by `*`. */
  has(type: SiteDataType): boolean {
    return this.#types.has('*') || this.#types.has(type);
  }

  /** @throws InvalidHeaderError for a type that is unknown. */
  add(type: SiteDataType): void {
    if (!TYPE_SET.has(type)) {
      throw new InvalidHeaderError(
        `Clear-Site-Data knows no ${JSON.stringify(type)}. Use one of ${TYPES.join(', ')}.`,
      );
    }
    if (this.#types.has(type)) return;
    this.#types.add(type);
    this.changed();
  }

  /** Removes a type; returns whether it was there. */
  delete(type: SiteDataType): boolean {
    const deleted = this.#types.delete(type);
    if (deleted) this.changed();
    return deleted;
  }

  [Symbol.iterator](): IterableIterator<SiteDataType> {
    return this.#types.values();
  }

  override toHeader(): string {
    return Array.from(this.#types, (type) => `"${type}"`).join(', ');
  }
}
