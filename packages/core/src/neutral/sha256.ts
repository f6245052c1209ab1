/** The first bits of the fractional parts of `root` of the first `count` primes. */
function primeRoots(count: number, root: (prime: number) => number): Uint32Array {
  const words = new Uint32Array(count);
  for (let candidate = 2, found = 0; found < count; candidate++) {
    if (isPrime(candidate)) words[found++] = (root(candidate) % 1) * 2 ** 32;
  }
  return words;
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
    if (candidate % divisor === 0) return false;
  }
  return true;
}

const START = primeRoots(8, Math.sqrt);
const ROUNDS = primeRoots(64, Math.cbrt);

/**
 * The SHA-256 digest (FIPS 180-4 section 6.2) in plain JavaScript, for platforms whose own digests
 * are asynchronous. It is for tags of content, not for secrets: its time is not constant.
 */
export function digestSha256(data: Uint8Array): Uint8Array {
  const state = START.slice();
  const schedule = new Uint32Array(64);
  const whole = data.length - (data.length % 64);
  const blocks = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let offset = 0; offset < whole; offset += 64) digestBlock(state, schedule, blocks, offset);
  const rest = paddedRest(data, whole);
  for (let offset = 0; offset < rest.byteLength; offset += 64) {
    digestBlock(state, schedule, rest, offset);
  }
  const digest = new DataView(new ArrayBuffer(32));
  for (let index = 0; index < 8; index++) digest.setUint32(4 * index, state[index]!);
  return new Uint8Array(digest.buffer);
}

/** What follows the last whole block: the rest of the data, a one bit, zeros, the length in bits. */
function paddedRest(data: Uint8Array, whole: number): DataView {
  const rest = new Uint8Array(data.length - whole < 56 ? 64 : 128);
  rest.set(data.subarray(whole));
  rest[data.length - whole] = 0x80;
  const view = new DataView(rest.buffer);
  view.setUint32(rest.length - 8, Math.floor(data.length / 2 ** 29));
  view.setUint32(rest.length - 4, data.length << 3);
  return view;
}

function digestBlock(
  state: Uint32Array,
  schedule: Uint32Array,
  blocks: DataView,
  offset: number,
): void {
  for (let at = 0; at < 16; at++) schedule[at] = blocks.getUint32(offset + 4 * at);
  for (let at = 16; at < 64; at++) {
    const early = schedule[at - 15]!;
    const late = schedule[at - 2]!;
    const mixedEarly = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const mixedLate = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[at] = schedule[at - 16]! + mixedEarly + schedule[at - 7]! + mixedLate;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    a: number,
    b: number,
    c: number,
    d: number,
    e: number,
    f: number,
    g: number,
    h: number,
  ];
  for (let at = 0; at < 64; at++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const mixedE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const mixedA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const added = (h + mixedE + choice + ROUNDS[at]! + schedule[at]!) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + added) | 0;
    d = c;
    c = b;
    b = a;
    a = (added + mixedA + majority) | 0;
  }
  const words = [a, b, c, d, e, f, g, h];
  for (let index = 0; index < 8; index++) state[index] = state[index]! + words[index]!;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}
