import type { Headers } from '@werkstatt/core';
import { describe, expectTypeOf, it } from 'vitest';
import type { MultipartDecoder } from './multipart-decoder.ts';
import type { MultipartEncoder } from './multipart-encoder.ts';
import type {
  DataEvent,
  FileEvent,
  MultipartEvent,
  MultipartEventInit,
} from './multipart-events.ts';

describe('the types of multipart events', () => {
  it('are told apart by their type', () => {
    expectTypeOf<
      ReturnType<MultipartDecoder['nextEvent']>
    >().toEqualTypeOf<MultipartEvent | null>();
    expectTypeOf<MultipartEvent['type']>().toEqualTypeOf<
      'preamble' | 'field' | 'file' | 'data' | 'epilogue'
    >();
    expectTypeOf<Extract<MultipartEvent, { type: 'file' }>>().toEqualTypeOf<FileEvent>();
    expectTypeOf<FileEvent['headers']>().toEqualTypeOf<Headers>();
    expectTypeOf<DataEvent['data']>().toEqualTypeOf<Uint8Array>();
  });

  it('let what was decoded be encoded', () => {
    expectTypeOf<MultipartEvent>().toExtend<MultipartEventInit>();
    expectTypeOf<{ type: 'field'; name: string }>().toExtend<MultipartEventInit>();
    expectTypeOf<{ type: 'file'; name: string }>().not.toExtend<MultipartEventInit>();
    expectTypeOf<ReturnType<MultipartEncoder['sendEvent']>>().toEqualTypeOf<Uint8Array>();
  });
});
