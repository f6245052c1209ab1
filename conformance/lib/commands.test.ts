import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'werkstatt-cases-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  status: number;
  lines: string[];
}

function run(command: string, ...args: string[]): Promise<Run> {
  const file = join(root, 'conformance', command);
  return new Promise((resolve) => {
    const node = ['--import', join(root, 'tools/source.mjs'), file, ...args];
    execFile(process.execPath, node, { cwd: root }, (error, stdout, stderr) => {
      resolve({
        status: typeof error?.code === 'number' ? error.code : 0,
        lines: `${stdout}${stderr}`.trimEnd().split('\n'),
      });
    });
  });
}

describe.concurrent('the commands', () => {
  it('say which vector fails, and end with the sum and status 1', async () => {
    const cases = [
      { name: 'right', call: 'parseCookie', args: ['a=b'], want: [['a', 'b']] },
      { name: 'wrong', call: 'parseCookie', args: ['a=b'], want: [] },
    ];
    const file = join(folder, 'vectors.json');
    writeFileSync(file, JSON.stringify({ suite: 'made-up', package: 'core', cases }));
    const { status, lines } = await run('vectors/vectors.ts', folder);
    expect(lines[0]).toBe('FAIL made-up / wrong: wanted [], got [["a","b"]]');
    expect(lines.at(-1)).toBe('1 passed, 1 failed');
    expect(status).toBe(1);
  });

  it('say which attack succeeds, and what has to wait', async () => {
    const attacks = mkdtempSync(join(folder, 'attacks-'));
    const attack = { class: 'c', level: 'must', why: 'w', call: 'parseCookie', args: ['a=b'] };
    const cases = [
      { ...attack, name: 'right', must: { equals: [['a', 'b']] } },
      { ...attack, name: 'wrong', must: { throws: true } },
    ];
    writeFileSync(
      join(attacks, 'a.json'),
      JSON.stringify({ suite: 'made-up', kind: 'function', cases }),
    );
    const request = 'GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
    const onServer = { class: 'c', level: 'must', why: 'w', request, status: [200] };
    const serverCases = [
      { ...onServer, name: 'lost', app: 'main' },
      { ...onServer, name: 'found', app: 'main', status: [404] },
      { ...onServer, name: 'behind', app: 'proxied' },
    ];
    writeFileSync(
      join(attacks, 'b.json'),
      JSON.stringify({ suite: 'on-a-server', kind: 'server', cases: serverCases }),
    );
    const { status, lines } = await run('attacks/attacks.ts', attacks);
    expect(lines).toEqual([
      'FAIL made-up / wrong [must]: it did not throw anything',
      expect.stringMatching(/^FAIL on-a-server \/ lost \[must\]: status 404 is none of 200/),
      'not yet: on-a-server / behind: ProxyFix',
      '2 passed, 2 failed',
    ]);
    expect(status).toBe(1);
  });

  it('end with status 2 where there are no cases', async () => {
    for (const command of ['vectors/vectors.ts', 'attacks/attacks.ts']) {
      const { status, lines } = await run(command, join(folder, 'nowhere'));
      expect(lines.at(-1)).toContain('usage');
      expect(status).toBe(2);
    }
  });
});
