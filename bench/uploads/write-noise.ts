import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

/** Writes a file of so many random bytes. */
export function writeNoise(path: string, size: number): void {
  const block = new Uint8Array(1_000_000);
  const file = openSync(path, 'wx');
  try {
    for (let left = size; left > 0; ) {
      randomFillSync(block);
      left -= writeSync(file, block, 0, Math.min(left, block.length));
    }
  } finally {
    closeSync(file);
  }
}
