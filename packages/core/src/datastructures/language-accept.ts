import { Accept } from './accept.ts';

const DASH = 0x2d;
const UNDERSCORE = 0x5f;

/**
 * The languages that a client accepts: `Accept-Language` (RFC 9110 section 12.5.4). Tags are
 * compared without regard to case, and `_` is `-`, as locales have it.
 */
export class LanguageAccept extends Accept {
  override valueMatches(value: string, item: string): boolean {
    if (item === '*' || value === item) return true;
    return value.length === item.length && normalize(value) === normalize(item);
  }

  /**
   * The one of your languages that the client likes best. If none is exactly what it accepts, its
   * tags are cut down to the language (`en-US` takes `en`), and if that does not help, yours are
   * (`en` takes `en-US`). Nothing is cut to any other part of a tag.
   *
   * @param defaultValue what to give when the client accepts none. Default: null.
   */
  override bestMatch<const V extends string>(matches: Iterable<V>): V | null;
  override bestMatch<const V extends string, D>(matches: Iterable<V>, defaultValue: D): V | D;
  override bestMatch(matches: Iterable<string>, defaultValue: unknown = null): unknown {
    const languages = [...matches];
    const exact = super.bestMatch(languages);
    if (exact !== null || this.length === 0) return exact ?? defaultValue;
    const cut = new Accept(Array.from(this, ([tag, quality]) => [primaryTag(tag), quality]));
    const fromCut = cut.bestMatch(languages);
    if (fromCut !== null) return fromCut;
    const primary = languages.map(primaryTag);
    const toCut = super.bestMatch(primary);
    return toCut === null ? defaultValue : languages[primary.indexOf(toCut)];
  }
}

function normalize(tag: string): string {
  return tag.toLowerCase().replaceAll('_', '-');
}

/** The language of a tag, without region, script or anything else. */
function primaryTag(tag: string): string {
  for (let index = 0; index < tag.length; index++) {
    const unit = tag.charCodeAt(index);
    if (unit === DASH || unit === UNDERSCORE) return tag.slice(0, index);
  }
  return tag;
}
