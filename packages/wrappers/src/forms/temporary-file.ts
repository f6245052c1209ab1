/** A file without a name that others know: written and read at positions, gone when it is closed. */
export interface TemporaryFile {
  /** Writes all of `bytes` at a position, or rejects. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Fills `bytes` from a position on; the number of bytes read is smaller at the end only. */
  read(bytes: Uint8Array, position: number): Promise<number>;
  /** Frees the file, after the reads and writes that are under way. A second call does no harm. */
  close(): Promise<void>;
}
