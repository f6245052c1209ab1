import type { OnUpdate } from '../datastructures/callback-dict.ts';
import { StructuredHeader } from '../datastructures/structured-header.ts';

/** A header that can be changed, and tells of it, so that a response can keep its header the same. */
export abstract class LiveField extends StructuredHeader {
  /** Called after every change. */
  onUpdate: OnUpdate<this> | undefined;

  /** For subclasses: tells of a change. */
  changed(): void {
    this.onUpdate?.(this);
  }
}
