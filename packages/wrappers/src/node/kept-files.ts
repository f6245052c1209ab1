import type { BigIntStats } from 'node:fs';
import type { OpenFile } from './open-file.ts';

/** What tells a file from every other, and from itself after a change. */
export type FileIdentity = Pick<BigIntStats, 'dev' | 'ino' | 'size' | 'mtimeNs' | 'ctimeNs'>;

/** How much is kept. */
export interface KeptFilesLimits {
  /** The most bytes that a file may have. Default: 65,536. */
  maxFileSize?: number | undefined;
  /**
   * The most bytes that all of them may have, and what it takes to know them. Default: 16 MiB.
   * Without it, a client that asks for every file fills the memory.
   */
  maxTotalSize?: number | undefined;
  /** Milliseconds since 1970. Default: `Date.now`. */
  now?: (() => number) | undefined;
}

interface KeptFile {
  readonly identity: FileIdentity;
  readonly file: OpenFile;
  readonly cost: number;
}

/** Bytes that a file costs beside its own. */
const OVERHEAD = 1_024;

/**
 * For so many milliseconds after a change a file is not kept: another change may follow with the same
 * time, for some file systems count in steps of two seconds.
 */
const UNSETTLED = 2_000;

/**
 * Small files in memory, by their paths; those that were asked for least recently make room. A file
 * counts as long as the system says that it is the same and unchanged, which whoever asks has to
 * find out first.
 */
export class KeptFiles {
  readonly #maxFileSize: number;
  readonly #maxTotalSize: number;
  readonly #now: () => number;
  /** The least recently used first. */
  readonly #files = new Map<string, KeptFile>();
  #totalSize = 0;

  constructor(limits: KeptFilesLimits = {}) {
    this.#maxFileSize = limits.maxFileSize ?? 65_536;
    this.#maxTotalSize = limits.maxTotalSize ?? 16 * 1024 * 1024;
    this.#now = limits.now ?? Date.now;
  }

  /** What is kept takes so many bytes. */
  get totalSize(): number {
    return this.#totalSize;
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** The file at a path; `undefined`, and forgotten, when it is not what is there now. */
  get(path: string, now: FileIdentity): OpenFile | undefined {
    const kept = this.#files.get(path);
    if (kept === undefined) return undefined;
    if (!isSame(kept.identity, now)) {
      this.delete(path);
      return undefined;
    }
    this.#files.delete(path);
    this.#files.set(path, kept);
    return kept.file;
  }

  /** Whether a file is small enough to be kept, and has not changed just now. */
  mayKeep({ size, mtimeNs, ctimeNs }: FileIdentity): boolean {
    if (size > this.#maxFileSize) return false;
    const changed = mtimeNs > ctimeNs ? mtimeNs : ctimeNs;
    return Number(changed) / 1e6 + UNSETTLED <= this.#now();
  }

  /** Keeps a file, if there is room for it once others are gone. */
  add(path: string, { dev, ino, size, mtimeNs, ctimeNs }: FileIdentity, file: OpenFile): void {
    this.delete(path);
    const cost = file.size + 2 * path.length + OVERHEAD;
    if (cost > this.#maxTotalSize) return;
    this.#files.set(path, { identity: { dev, ino, size, mtimeNs, ctimeNs }, file, cost });
    this.#totalSize += cost;
    for (const oldest of this.#files.keys()) {
      if (this.#totalSize <= this.#maxTotalSize) return;
      this.delete(oldest);
    }
  }

  delete(path: string): void {
    const kept = this.#files.get(path);
    if (kept === undefined) return;
    this.#files.delete(path);
    this.#totalSize -= kept.cost;
  }
}

function isSame(one: FileIdentity, other: FileIdentity): boolean {
  return (
    one.mtimeNs === other.mtimeNs &&
    one.ctimeNs === other.ctimeNs &&
    one.size === other.size &&
    one.ino === other.ino &&
    one.dev === other.dev
  );
}
