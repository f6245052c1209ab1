import type { OnUpdate } from '../datastructures/callback-dict.ts';
import { HeaderSet } from '../datastructures/header-set.ts';
import { checkHeaderName, isToken } from '../http/header-field.ts';
import { parseListHeader } from '../http/parse-list-header.ts';

/**
 * `Vary` (RFC 9110 section 12.5.5): which request headers had a part in choosing the response, as a
 * set of names in which case does not matter. With `*` in it, it stands for everything.
 */
export class Vary extends HeaderSet {
  /** @throws InvalidHeaderError when one is no header name. */
  constructor(names: Iterable<string> = [], onUpdate?: OnUpdate<HeaderSet>) {
    super(Array.from(names, checkHeaderName), onUpdate);
  }

  /** Parses the header; what is no name in it is left out. */
  static override fromHeader(
    header: string | null | undefined,
    onUpdate?: OnUpdate<HeaderSet>,
  ): Vary {
    return new Vary(parseListHeader(header).filter(isToken), onUpdate);
  }

  /** Whether the response may depend on anything at all. */
  get isAny(): boolean {
    return super.has('*');
  }

  /** Whether the response depends on a header, as far as this tells. */
  override has(name: string): boolean {
    return this.isAny || super.has(name);
  }

  /**
   * Adds names, but for those that are there.
   *
   * @throws InvalidHeaderError when one is no header name; then nothing changes.
   */
  override update(names: Iterable<string>): void {
    super.update(Array.from(names, checkHeaderName));
  }

  override toHeader(): string {
    return this.isAny ? '*' : super.toHeader();
  }
}
