import { MissingMemberError } from '../errors/missing-member-error.ts';
import { dumpHeader } from '../http/dump-header.ts';
import { parseListHeader } from '../http/parse-list-header.ts';
import type { OnUpdate } from './callback-dict.ts';
import { StructuredHeader } from './structured-header.ts';

/**
 * A set of tokens in order (RFC 9110 section 5.6.1), as `Vary` and `Allow` have them. They are
 * compared without regard to case, and kept as given.
 */
export class HeaderSet extends StructuredHeader implements Iterable<string> {
  readonly #list: string[];
  readonly #lower: Set<string>;
  readonly #onUpdate: OnUpdate<HeaderSet> | undefined;

  /** @param onUpdate is called after every change. */
  constructor(members: Iterable<string> = [], onUpdate?: OnUpdate<HeaderSet>) {
    super();
    this.#list = [...members];
    this.#lower = new Set(this.#list.map(lower));
    this.#onUpdate = onUpdate;
  }

  /** Parses a list header; members that are repeated stay, and count once. */
  static fromHeader(header: string | null | undefined, onUpdate?: OnUpdate<HeaderSet>): HeaderSet {
    return new HeaderSet(parseListHeader(header), onUpdate);
  }

  /** How many different members there are. */
  get size(): number {
    return this.#lower.size;
  }

  /** The same as `size`. */
  get length(): number {
    return this.size;
  }

  /** Whether a member is there, in whatever case. */
  has(member: string): boolean {
    return this.#lower.has(member.toLowerCase());
  }

  /** The position of a member, or -1. */
  find(member: string): number {
    const wanted = member.toLowerCase();
    if (!this.#lower.has(wanted)) return -1;
    return this.#list.findIndex((other) => other.toLowerCase() === wanted);
  }

  /**
   * The position of a member.
   *
   * @throws MissingMemberError when it is not there.
   */
  index(member: string): number {
    const index = this.find(member);
    if (index < 0) throw new MissingMemberError(member, this.toHeader());
    return index;
  }

  /** The member at a position; a negative one counts from the end. */
  at(index: number): string | undefined {
    return this.#list.at(index);
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.#list.values();
  }

  /** The members, in order. */
  values(): IterableIterator<string> {
    return this.#list.values();
  }

  /** The members as a plain set, in lower case unless `preserveCasing`. */
  asSet(preserveCasing: boolean = false): Set<string> {
    return new Set(preserveCasing ? this.#list : this.#lower);
  }

  /** Adds a member, unless it is there. */
  add(member: string): this {
    this.update([member]);
    return this;
  }

  /** Adds members, but for those that are there. */
  update(members: Iterable<string>): void {
    let changed = false;
    for (const member of members) {
      if (this.has(member)) continue;
      this.#list.push(member);
      this.#lower.add(member.toLowerCase());
      changed = true;
    }
    if (changed) this.#onUpdate?.(this);
  }

  /**
   * Removes a member.
   *
   * @throws MissingMemberError when it is not there; `discard` does not mind.
   */
  remove(member: string): void {
    this.index(member);
    this.discard(member);
  }

  /** Removes a member, if it is there. */
  discard(member: string): void {
    this.delete(member);
  }

  /** Removes a member, under the name that `Set` has for it; whether it was there. */
  delete(member: string): boolean {
    const wanted = member.toLowerCase();
    if (!this.#lower.delete(wanted)) return false;
    this.#keep((other) => other.toLowerCase() !== wanted);
    return true;
  }

  /**
   * Puts another member where one is: `set[index] = member` in Werkzeug.
   *
   * @throws MissingMemberError when there is none at this position.
   */
  setAt(index: number, member: string): void {
    this.#list[this.#position(index)] = member;
    this.#renew();
  }

  /**
   * Removes the member at a position: `del set[index]` in Werkzeug.
   *
   * @throws MissingMemberError when there is none.
   */
  removeAt(index: number): void {
    this.#list.splice(this.#position(index), 1);
    this.#renew();
  }

  /** Removes every member. */
  clear(): void {
    if (this.#list.length === 0) return;
    this.#list.length = 0;
    this.#renew();
  }

  /** The header's value; a member that is no token is quoted. */
  override toHeader(): string {
    return dumpHeader(this.#list);
  }

  /** The members, for JSON. */
  toJSON(): string[] {
    return this.#list.slice();
  }

  #position(index: number): number {
    const position = index < 0 ? index + this.#list.length : index;
    if (position in this.#list) return position;
    throw new MissingMemberError(index, this.toHeader());
  }

  #keep(isKept: (member: string) => boolean): void {
    const kept = this.#list.filter(isKept);
    this.#list.length = 0;
    for (const member of kept) this.#list.push(member);
    this.#onUpdate?.(this);
  }

  #renew(): void {
    this.#lower.clear();
    for (const member of this.#list) this.#lower.add(member.toLowerCase());
    this.#onUpdate?.(this);
  }
}

function lower(text: string): string {
  return text.toLowerCase();
}
