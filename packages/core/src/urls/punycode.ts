// The parameters of Bootstring for Punycode (RFC 3492 section 5).
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_POINT = 0x80;
const MAX_POINT = 0x10ffff;

/**
 * Decodes Punycode (RFC 3492 section 6.2): a label of a host without its `xn--`.
 *
 * @returns `undefined` for what is not Punycode.
 */
export function decodePunycode(text: string): string | undefined {
  const dash = text.lastIndexOf('-');
  const points = Array.from(text.slice(0, Math.max(dash, 0)), (basic) => basic.charCodeAt(0));
  if (points.some((point) => point >= INITIAL_POINT)) return undefined;
  let point = INITIAL_POINT;
  let bias = INITIAL_BIAS;
  let position = 0;
  for (let index = dash + 1; index < text.length; ) {
    const before = position;
    for (let weight = 1, step = BASE; ; step += BASE) {
      const digit = digitOf(text.charCodeAt(index++));
      position += digit * weight;
      if (Number.isNaN(position) || position > Number.MAX_SAFE_INTEGER) return undefined;
      const threshold = Math.min(Math.max(step - bias, T_MIN), T_MAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const count = points.length + 1;
    bias = adaptBias(position - before, count, before === 0);
    point += Math.floor(position / count);
    if (point > MAX_POINT || (point >= 0xd800 && point <= 0xdfff)) return undefined;
    position %= count;
    points.splice(position++, 0, point);
  }
  return String.fromCodePoint(...points);
}

/** The value of a digit; `NaN` for what is none, and past the end. */
function digitOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30 + 26;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a ? lower - 0x61 : Number.NaN;
}

function adaptBias(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2));
  rest += Math.floor(rest / count);
  let bias = 0;
  while (rest > ((BASE - T_MIN) * T_MAX) / 2) {
    rest = Math.floor(rest / (BASE - T_MIN));
    bias += BASE;
  }
  return bias + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
