import type { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Environ } from '@werkstatt/core';
import { describe, expectTypeOf, it } from 'vitest';
import { type FileContent, type SendFileOptions, sendFile, sendFromDirectory } from './node.ts';
import type { Request } from './request/request.ts';
import { Response } from './response/response.ts';

declare const environ: Environ;
declare const request: Request;

class Page extends Response {
  title = '';
}

describe('sendFile', () => {
  it('promises a response of the class that it is given', () => {
    expectTypeOf(sendFile('a.txt', environ)).resolves.toEqualTypeOf<Response>();
    expectTypeOf(sendFile('a.txt', request, { maxAge: 60 })).resolves.toEqualTypeOf<Response>();
    const pages = sendFile('a.txt', environ, { responseClass: Page });
    expectTypeOf(pages).resolves.toEqualTypeOf<Page>();
    const fromDirectory = sendFromDirectory('a', 'b', request, { responseClass: Page });
    expectTypeOf(fromDirectory).resolves.toEqualTypeOf<Page>();
  });

  it('takes paths and content of every kind', () => {
    expectTypeOf(sendFile).parameter(0).toEqualTypeOf<string | URL | FileContent>();
    expectTypeOf<Uint8Array>().toExtend<FileContent>();
    expectTypeOf<Blob>().toExtend<FileContent>();
    expectTypeOf<Readable>().toExtend<FileContent>();
    expectTypeOf<Awaited<ReturnType<typeof open>>>().toExtend<FileContent>();
    expectTypeOf<ReturnType<Blob['stream']>>().toExtend<FileContent>();
    expectTypeOf<number>().not.toExtend<FileContent>();
  });

  it('knows the codings of copies', () => {
    expectTypeOf<{ precompressed: ['br', 'gzip'] }>().toExtend<SendFileOptions>();
    expectTypeOf<{ precompressed: ['deflate'] }>().not.toExtend<SendFileOptions>();
  });
});
