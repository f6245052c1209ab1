import { expect, it } from 'vitest';
import { chart } from './chart.ts';
import type { WorkloadResult } from './results.ts';

function workload(title: string, ratios: Readonly<Record<string, number>>): WorkloadResult {
  const measured = Object.entries(ratios).map(([name, ratio]) => ({
    name,
    requestsPerSecond: 1,
    user: 1,
    system: 1,
    cpuRatios: [ratio],
    throughputRatios: [1],
    target: name === 'gateway app' ? 2 : undefined,
  }));
  return { id: title, title, measured };
}

const drawn = chart([workload('a < b', { 'node:http': 1, 'gateway app': 4, Koa: 0.5 })]);

/** The left end and the length of the bars of a kind. */
function bars(kind: string): [x: number, width: number][] {
  const pattern = new RegExp(`<rect class="${kind}" x="([\\d.]+)" y="\\d+" width="([\\d.]+)"`, 'g');
  return [...drawn.matchAll(pattern)].map((found) => [Number(found[1]), Number(found[2])]);
}

it('draws what is cheaper to the right of node:http, what is dearer to the left', () => {
  const [[oursLeft, oursLong]] = bars('ours') as [[number, number]];
  const [[otherLeft, otherLong]] = bars('other') as [[number, number]];
  expect(otherLeft + otherLong).toBeCloseTo(oursLeft, 0);
  expect(oursLong).toBeCloseTo(2 * otherLong, 0);
});

it('says each figure in text, and is well-formed where a title has markup', () => {
  for (const text of ['>4.00<', '>0.50<', '>Koa<', '>a &lt; b<']) expect(drawn).toContain(text);
  const tags = (pattern: RegExp) => drawn.match(pattern)?.length;
  expect(tags(/<text/g)).toBe(tags(/<\/text>/g));
  expect(drawn).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\n$/);
});

it('marks targets, and keeps what is off its scale within it', () => {
  expect(drawn.match(/class="target"/g)).toHaveLength(1);
  const far = chart([workload('far', { 'gateway app': 1_000 })]);
  const [, x, width] = /class="ours" x="([\d.]+)" y="\d+" width="([\d.]+)"/.exec(far)!;
  expect(Number(x) + Number(width)).toBeLessThan(900);
  expect(far).toContain('>1000.00<');
});

it('has colours for light pages and dark ones', () => {
  expect(drawn).toContain('prefers-color-scheme:dark');
});
