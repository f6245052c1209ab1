import { cpus, release, type as systemName, totalmem } from 'node:os';
import type { CodeUnderTest } from '../lib/code-under-test.ts';

/** What a person has to know of the machine to judge figures, a line each. */
export function describeMachine(code: CodeUnderTest): string[] {
  const [first] = cpus();
  return [
    `${cpus().length} cores of ${first?.model ?? 'an unknown processor'}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `${systemName()} ${release()}`,
    `Node ${process.versions.node}, V8 ${process.versions.v8}, libuv ${process.versions.uv}`,
    `Werkstatt from ${code.description}`,
  ];
}
