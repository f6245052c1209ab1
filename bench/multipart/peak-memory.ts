import type { Decode } from './contender.ts';
import { largeFile } from './workloads.ts';

/** How large the file is that is uploaded. */
export const FILE_SIZE = 104_857_600;

/**
 * How many MiB of memory a process takes for a large file at most, beyond what it had before. Every
 * chunk is a new one, as from a socket; what they take until they are collected counts as well.
 */
export async function peakMemory(decode: Decode): Promise<number> {
  const { chunks, boundary } = largeFile(FILE_SIZE);
  (globalThis as { gc?: () => void }).gc?.();
  const base = process.memoryUsage.rss();
  await decode(copies(chunks), boundary);
  const peak = process.resourceUsage().maxRSS * 1_024;
  return Math.max(0, peak - base) / 1_048_576;
}

function* copies(chunks: readonly Buffer[]): Generator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}
