import { median } from '../lib/statistics.ts';
import { REFERENCE } from './contenders.ts';
import type { WorkloadResult } from './results.ts';

const WIDTH = 900;
const LEFT = 170;
const RIGHT = 60;
const TOP = 92;
const BAR = 14;
const GAP = 4;
const TITLE = 30;

/** Where the scale ends; each step is a doubling, since these are ratios. */
const LEAST = 0.125;
const MOST = 16;

/**
 * A bar for every server and workload: to the right it takes less CPU than node:http, to the left
 * more. It is readable on light and dark pages, and without colours by its labels.
 */
export function chart(workloads: readonly WorkloadResult[]): string {
  const parts: string[] = [];
  let y = TOP;
  for (const { title, measured } of workloads) {
    parts.push(`<text class="title" x="12" y="${y + 18}">${escapeText(title)}</text>`);
    y += TITLE;
    for (const { name, cpuRatios, target } of measured) {
      if (name === REFERENCE) continue;
      parts.push(bar(y, name, median(cpuRatios), target));
      y += BAR + GAP;
    }
    y += 10;
  }
  const height = y + 12;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="CPU time per request beside node:http">`,
    `<style>${STYLE}</style>`,
    `<rect class="page" width="${WIDTH}" height="${height}"/>`,
    '<text class="head" x="12" y="26">CPU time per request beside node:http</text>',
    '<text class="note" x="12" y="46">x-cpu: how many requests take the CPU time of one by node:http. Longer to the right is better; the scale doubles.</text>',
    '<text class="note" x="12" y="63">Blue: Werkstatt. Grey: others. A mark is a target.</text>',
    scale(height),
    ...parts,
    '</svg>',
  ].join('\n')}\n`;
}

function bar(y: number, name: string, ratio: number, target: number | undefined): string {
  const [from, to] = [position(1), position(ratio)].sort((a, b) => a - b) as [number, number];
  const kind = OURS.test(name) ? 'ours' : 'other';
  const middle = y + BAR - 3;
  const mark =
    target === undefined
      ? ''
      : `<path class="target" d="M${round(position(target))} ${y - 2}v${BAR + 4}"/>`;
  const end = Math.max(to, position(1), target === undefined ? 0 : position(target));
  return [
    `<text class="name" x="${LEFT - 12}" y="${middle}">${escapeText(name)}</text>`,
    `<rect class="${kind}" x="${round(from)}" y="${y}" width="${round(Math.max(1, to - from))}" height="${BAR}"/>`,
    mark,
    `<text class="value" x="${round(end + 6)}" y="${middle}">${ratio.toFixed(2)}</text>`,
  ].join('');
}

/** Lines for the doublings, with the numbers above them. */
function scale(height: number): string {
  const lines: string[] = [];
  for (let ratio = LEAST; ratio <= MOST; ratio *= 2) {
    const x = round(position(ratio));
    const kind = ratio === 1 ? 'one' : 'line';
    const label = ratio < 1 ? `1/${1 / ratio}` : String(ratio);
    lines.push(
      `<path class="${kind}" d="M${x} ${TOP - 4}V${height - 12}"/><text class="tick" x="${x}" y="${TOP - 9}">${label}</text>`,
    );
  }
  return lines.join('');
}

function position(ratio: number): number {
  const share = Math.log2(Math.min(MOST, Math.max(LEAST, ratio)) / LEAST) / Math.log2(MOST / LEAST);
  return LEFT + share * (WIDTH - LEFT - RIGHT);
}

function round(number: number): string {
  return String(Math.round(number * 10) / 10);
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const OURS = /^(gateway app|Request, Response)$/;

const STYLE = [
  'text{font:12px system-ui,sans-serif;fill:#1f2328}',
  '.page{fill:#fff}',
  '.head{font-size:17px;font-weight:600}.title{font-size:13px;font-weight:600}',
  '.note,.tick{fill:#59636e}.tick,.name,.value{font-size:11px}',
  '.tick{text-anchor:middle}.name{text-anchor:end}',
  '.line{stroke:#d1d9e0}.one{stroke:#59636e;stroke-width:1.5}',
  '.ours{fill:#0969da}.other{fill:#8c959f}.target{stroke:#bc4c00;stroke-width:2}',
  '@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.page{fill:#0d1117}.note,.tick{fill:#9198a1}',
  '.line{stroke:#3d444d}.one{stroke:#9198a1}.ours{fill:#4493f8}.other{fill:#656c76}',
  '.target{stroke:#f0883e}}',
].join('');
