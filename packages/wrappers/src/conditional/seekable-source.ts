import type { StreamSource } from '../response/body-source.ts';

/**
 * A body that can be read from anywhere, such as a file: a range of it costs no more than its own
 * bytes. `close()` is called once, at the end, however much of it was read.
 */
export interface SliceableBody extends AsyncIterable<Uint8Array> {
  /** The bytes from `start` up to but without `end`. */
  slice(start: number, end: number): AsyncIterable<Uint8Array>;
  close?(): unknown;
}

/** A body that is read from its position on, as what `wrapFile` of core makes. */
export interface PositionedBody extends AsyncIterable<Uint8Array> {
  readonly seekable: true;
  seek(position: number): void;
}

/** Whether a source has slices. */
export function isSliceable(source: StreamSource): source is SliceableBody {
  return Symbol.asyncIterator in source && 'slice' in source && typeof source.slice === 'function';
}

/** Whether a source has a position that can be set. */
export function isPositioned(source: StreamSource): source is PositionedBody {
  return (
    Symbol.asyncIterator in source &&
    'seekable' in source &&
    source.seekable === true &&
    'seek' in source &&
    typeof source.seek === 'function'
  );
}
