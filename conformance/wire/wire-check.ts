/**
 * Runs the wire cases against a server that hosts the probe app and prints what failed:
 * `node --import ./tools/source.mjs conformance/wire/wire-check.ts --port 8080`.
 *
 * Exit 0: all passed; 1: one failed; 2: wrong usage, or no probe app there.
 */
import { parseArgs } from 'node:util';
import { loadCases, type WireCase } from './cases.ts';
import type { Target } from './client.ts';
import { type CaseResult, checkAlive, runWireCases } from './run-cases.ts';

const USAGE = `usage: wire-check.ts (--port PORT [--host HOST] | --unix PATH) [--tls] [--cases FOLDER]...
       [--only NAME]... [--group NAME]... [--level must|should] [--jobs N] [--timeout MS]
       [--header-timeout MS] [--json] [--list] [--verbose]`;

const options = {
  port: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  unix: { type: 'string' },
  tls: { type: 'boolean', default: false },
  cases: { type: 'string', multiple: true },
  only: { type: 'string', multiple: true },
  group: { type: 'string', multiple: true },
  level: { type: 'string' },
  jobs: { type: 'string', default: '8' },
  timeout: { type: 'string', default: '4000' },
  'header-timeout': { type: 'string', default: '10000' },
  json: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** A wrong call: its message goes out with the usage. */
class UsageError extends Error {}

async function main(): Promise<number> {
  const { values } = parseArgs({ options });
  const cases = loadCases(values.cases).filter((test) => isSelected(test, values));
  if (cases.length === 0) throw new UsageError('no case is selected');
  if (values.list) {
    for (const { group, level, name, why } of cases)
      console.log([group, level, name, why].join('\t'));
    return 0;
  }
  const target = targetOf(values);
  const dead = await checkAlive(target);
  if (dead !== null) throw new UsageError(`no probe app there; GET /alive brought: ${dead}`);
  const results = await runWireCases(target, cases, {
    jobs: positive('jobs', values.jobs),
    timeout: positive('timeout', values.timeout),
    headerTimeout: positive('header-timeout', values['header-timeout']),
  });
  const failed = results.filter(({ why }) => why !== null).length;
  if (values.json) console.log(JSON.stringify(results.map(summary), null, 1));
  else for (const result of results) printResult(result, values.verbose);
  if (!values.json) console.log(`${results.length - failed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

function isSelected(test: WireCase, { only, group, level }: Values): boolean {
  return (
    (only?.includes(test.name) ?? true) &&
    (group?.includes(test.group) ?? true) &&
    (level === undefined || level === test.level)
  );
}

function targetOf({ host, port, unix, tls }: Values): Target {
  if (unix !== undefined) return { path: unix, tls };
  if (port === undefined) throw new UsageError('--port or --unix is missing');
  return { host, port: positive('port', port), tls };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UsageError(`--${name} takes a positive number, not ${JSON.stringify(text)}`);
}

function printResult({ test, why, seen, milliseconds }: CaseResult, verbose: boolean): void {
  if (why === null) {
    if (verbose) console.log(`ok   ${test.name} (${milliseconds} ms)`);
    return;
  }
  console.log(`FAIL ${test.name} [${test.group}, ${test.level}]: ${why} [got: ${seen}]`);
  if (verbose) console.log(`     ${test.why}`);
}

function summary({ test, why, seen, milliseconds }: CaseResult): object {
  const { name, group, level } = test;
  return { name, group, level, ok: why === null, why, seen, milliseconds };
}

try {
  process.exitCode = await main();
} catch (error) {
  const wrongUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  if (!wrongUsage) throw error;
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = 2;
}
