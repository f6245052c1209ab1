import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { logWriterOf } from './log-writer.ts';

const MODULE = new URL('./log-writer.ts', import.meta.url).href;

/** Runs a program that has `writer` in a process of its own. */
function run(program: string) {
  const source = `import { logWriterOf } from '${MODULE}'; const writer = logWriterOf(); ${program}`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', source];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  return { child, ended: once(child, 'close').then(([code]) => ({ code, errors: errors })) };
}

it('writes the lines of one turn of the loop together', async () => {
  const chunks: string[] = [];
  const writer = logWriterOf(
    new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    }),
  );
  writer.write('one');
  writer.write('two');
  expect(chunks).toEqual([]);
  await nextTurn();
  writer.write('three');
  writer.flush();
  await nextTurn();
  expect(chunks).toEqual(['one\ntwo\n', 'three\n']);
});

it('is one per stream', () => {
  expect(logWriterOf(process.stderr)).toBe(logWriterOf());
});

it('drops lines that a slow reader leaves, and says how many', async () => {
  const chunks: string[] = [];
  const waiting: (() => void)[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      chunks.push(chunk);
      waiting.push(done);
    },
  });
  const writer = logWriterOf(stream);
  writer.write('x'.repeat(2_000_000));
  await nextTurn();
  writer.write('lost');
  writer.write('lost');
  await nextTurn();
  waiting.pop()!();
  await nextTurn();
  writer.write('kept');
  await nextTurn();
  expect(chunks[1]).toBe('kept\n2 log lines were dropped: their reader is too slow\n');
});

it('loses nothing when the process exits in the same turn', async () => {
  const { ended } = run(`writer.write('last'); process.exit(3);`);
  expect(await ended).toEqual({ code: 3, errors: 'last\n' });
});

it('outlives a closed standard error', async () => {
  const { child, ended } = run(`
    process.stdin.resume();
    console.log('ready');
    setTimeout(() => writer.write('a'), 200);
    setTimeout(() => writer.write('b'), 300);
    setTimeout(() => { writer.write('c'); process.exit(4); }, 400);
  `);
  await once(child.stdout!, 'data');
  child.stderr!.destroy();
  expect(await ended).toMatchObject({ code: 4 });
});
