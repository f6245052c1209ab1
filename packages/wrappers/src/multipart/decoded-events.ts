import { Headers } from '@werkstatt/core';
import type { FieldEvent, FileEvent } from './multipart-events.ts';
import { parsePartFields } from './part-fields.ts';

/** A piece of the preamble, of a part's data or of the epilogue: events of one shape. */
export class Content<T extends 'preamble' | 'data' | 'epilogue'> {
  readonly type: T;
  readonly data: Uint8Array;
  readonly moreData: boolean;

  constructor(type: T, data: Uint8Array, moreData: boolean) {
    this.type = type;
    this.data = data;
    this.moreData = moreData;
  }
}

/** The header of a part. Most are never read, so `Headers` are made when they are asked for. */
class PartHead {
  readonly #header: string;
  readonly #newline: string;
  #headers: Headers | undefined;

  constructor(header: string, newline: string) {
    this.#header = header;
    this.#newline = newline;
  }

  get headers(): Headers {
    return (this.#headers ??= new Headers(parsePartFields(this.#header, this.#newline)));
  }
}

/** A field begins. */
export class FieldStart extends PartHead implements FieldEvent {
  readonly type = 'field';
  readonly name: string;

  /** @param header the fields of the header, which are well formed, each with its newline. */
  constructor(name: string, header: string, newline: string) {
    super(header, newline);
    this.name = name;
  }
}

/** A file begins. */
export class FileStart extends PartHead implements FileEvent {
  readonly type = 'file';
  readonly name: string;
  readonly filename: string;

  /** @param header the fields of the header, which are well formed, each with its newline. */
  constructor(name: string, filename: string, header: string, newline: string) {
    super(header, newline);
    this.name = name;
    this.filename = filename;
  }
}
