import { isWanted } from '../vectors/compare.ts';
import type { Must } from './must.ts';
import { prototypeFailure } from './prototypes.ts';
import { allText, compactJson, lowOctets } from './result-text.ts';

type Check = (must: Must, value: unknown) => boolean | string | null;

/** For each key, whether it holds: true, false, or a text that says what is wrong. */
const CHECKS: readonly (readonly [keyof Must, Check])[] = [
  ['equals', ({ equals }, value) => isWanted(value, equals)],
  ['notEquals', ({ notEquals }, value) => !isWanted(value, notEquals)],
  ['oneOf', ({ oneOf }, value) => oneOf!.some((one) => isWanted(value, one))],
  ['noOwnPrototype', (_, value) => prototypeFailure(value) ?? true],
  ['ownKeys', hasOwnKeys],
  ['contains', ({ contains }, value) => contains!.every((text) => isIn(text, allText(value)))],
  [
    'notContains',
    ({ notContains }, value) => !notContains!.some((text) => isIn(text, allText(value))),
  ],
  [
    'latin1NotContains',
    ({ latin1NotContains }, value) =>
      !latin1NotContains!.some((text) => isIn(text, allText(value).map(lowOctets))),
  ],
  ['matches', ({ matches, flags }, value) => new RegExp(matches!, flags).test(compactJson(value))],
  [
    'notMatches',
    ({ notMatches, flags }, value) => !new RegExp(notMatches!, flags).test(compactJson(value)),
  ],
  [
    'sameOrigin',
    ({ sameOrigin }, value) => sameOrigin!.bases.every((base) => staysAt(value, base)),
  ],
  ['maxLength', ({ maxLength }, value) => compactJson(value).length <= maxLength!],
  ['exists', ({ exists }, value) => (value !== undefined && value !== null) === exists],
  ['pins', arePins],
];

/**
 * Whether a result, or the selected part of one, is what must be.
 *
 * @returns null, or what is wrong.
 */
export function resultFailure(must: Must, value: unknown): string | null {
  for (const [key, check] of CHECKS) {
    if (must[key] === undefined) continue;
    const holds = check(must, value);
    if (holds === true) continue;
    const detail = typeof holds === 'string' ? holds : `of ${shorten(compactJson(value))}`;
    return `${key} ${shorten(JSON.stringify(must[key]))} does not hold: ${detail}`;
  }
  return null;
}

function hasOwnKeys({ ownKeys, orOwnKeys }: Must, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const keys = JSON.stringify(Object.keys(value).sort());
  return [ownKeys, orOwnKeys].some((list) => list && JSON.stringify([...list].sort()) === keys);
}

function isIn(text: string, texts: readonly string[]): boolean {
  return texts.some((one) => one.includes(text));
}

/** Whether a browser on the page `base` that follows `target` stays with that page's origin. */
function staysAt(target: unknown, base: string): boolean {
  if (typeof target !== 'string') return false;
  return URL.parse(target, base)?.origin === new URL(base).origin;
}

function arePins({ pins }: Must, value: unknown): boolean {
  if (!Array.isArray(value) || !pins) return false;
  const texts = value.map(String);
  return (
    new Set(texts).size === pins.distinct &&
    texts.every((text) => text.replace(/[^0-9]/g, '').length >= (pins.minDigits ?? 0)) &&
    texts.every((text) => text.length >= (pins.minLength ?? 0))
  );
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
