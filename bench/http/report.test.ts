import { describe, expect, it } from 'vitest';
import { atMost, connectionsTable, report, startTable, workloadTable } from './report.ts';
import type { Measured, Results } from './results.ts';

function measured(name: string, cpuRatios: number[], target?: number): Measured {
  const figures = { requestsPerSecond: 1_000, user: 2, system: 3, throughputRatios: [1] };
  return { name, cpuRatios, target, ...figures };
}

const hello = {
  id: 'hello',
  title: 'hello',
  measured: [
    measured('node:http', [1, 1, 1]),
    measured('gateway app', [1.5, 1.6, 1.7], 1.55),
    measured('Request, Response', [1.4, 1.4, 1.4], 2),
    measured('Koa', [0.8, 0.8, 0.5]),
  ],
};

/** The cells of the row that begins with a name. */
function row(markdown: string, name: string): string[] {
  const line = markdown.split('\n').find((one) => one.startsWith(`| ${name} `))!;
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

describe('report', () => {
  it('has every figure of a workload, and how it stands to its target', () => {
    const table = workloadTable(hello);
    expect(row(table, 'gateway app')).toEqual([
      'gateway app',
      '1000',
      '5.0',
      '2.0',
      '3.0',
      '1.00',
      '1.60',
      '1.50-1.70',
      '1.55: met',
    ]);
    expect(row(table, 'Request, Response').at(-1)).toBe('2.00: 30 % short');
    expect(row(table, 'Koa').at(-1)).toBe('');
  });

  it('compares with peers within each round', () => {
    const results: Results = {
      machine: ['two cores'],
      rounds: 3,
      seconds: 1,
      workloads: [hello],
      connections: [],
      imports: [],
      starts: [],
    };
    const text = report(results);
    const peers = text.slice(text.indexOf('## Beside each peer'));
    expect(row(peers, 'Koa')).toEqual(['Koa', '2.00', '2: met', '1.75']);
    expect(text).toContain('- two cores');
    expect(text).toContain('chart.svg');
  });

  it('has what connections cost, with targets for ours alone', () => {
    const figures = { memory: 7, alone: 10, beside: 11, busy: 18, connections: 8_000 };
    const table = connectionsTable([
      { name: 'node:http', ...figures },
      { name: 'gateway app', ...figures },
    ]);
    expect(row(table, 'gateway app')).toEqual([
      'gateway app',
      '8000',
      '7.0',
      '6: 17 % over',
      '10.0',
      '11.0',
      '18.0',
      '1.80',
      '1.7: 6 % over',
    ]);
    expect(row(table, 'node:http').filter((cell) => cell.includes(':'))).toEqual(['node:http']);
  });

  it('has what starting costs', () => {
    const rows = [
      { name: 'node:http', cpu: 20, ratio: 1 },
      { name: 'ours', cpu: 8, ratio: 0.4, target: 0.4 },
    ];
    expect(row(startTable(rows), 'ours')).toEqual(['ours', '8.0', '0.40', '0.4: met']);
    const withWall = startTable(rows.map((one) => ({ ...one, wall: 30 })));
    expect(row(withWall, 'ours')).toEqual(['ours', '8.0', '30.0', '0.40', '0.4: met']);
  });

  it('takes what is within 5 % over for met', () => {
    expect(atMost(1.04, 1)).toBe('met');
    expect(atMost(0.1, 1)).toBe('met');
    expect(atMost(1.2, 1)).toBe('20 % over');
  });
});
