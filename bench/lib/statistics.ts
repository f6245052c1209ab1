/** The middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('There is no median of no values.');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Smallest and largest value. */
export function range(values: readonly number[]): readonly [smallest: number, largest: number] {
  if (values.length === 0) throw new RangeError('There is no range of no values.');
  return [Math.min(...values), Math.max(...values)];
}

/** How a measured ratio stands to its target: `met` within 5 % of it, else by how much it is off. */
export function beside(measured: number, target: number): string {
  const percent = Math.round((measured / target - 1) * 100);
  if (percent >= 5) return `met, ${percent} % over`;
  if (measured >= target * 0.95) return 'met';
  return `${-percent} % short`;
}
