/** Names longer than this are no slips of a finger, and not worth the time. */
const MAX_LENGTH = 100;

/**
 * The names that someone who wrote `written` may have meant, the likeliest first: at most a third of
 * the letters differ, or one begins with the other.
 */
export function nearest(written: string, names: readonly string[], count = 3): string[] {
  return names
    .map((name) => ({ name, distance: distanceOf(written, name) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(written.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

/** ` Did you mean …?` with the likeliest name, or nothing. */
export function didYouMean(written: string, names: readonly string[]): string {
  const [name] = nearest(written, names, 1);
  return name === undefined ? '' : ` Did you mean '${name}'?`;
}

function distanceOf(written: string, name: string): number {
  const [a, b] = [written.toLowerCase(), name.toLowerCase()];
  if (a.length > MAX_LENGTH || b.length > MAX_LENGTH) return Number.POSITIVE_INFINITY;
  const shorter = Math.min(a.length, b.length);
  return shorter >= 3 && (a.startsWith(b) || b.startsWith(a)) ? 1 : changes(a, b);
}

/**
 * How many letters must be put in, left out, replaced or swapped with their neighbour to make `b`
 * of `a` (the restricted Damerau-Levenshtein distance, three rows of its table at a time).
 */
function changes(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, before[j - 2]! + 1);
      }
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}
