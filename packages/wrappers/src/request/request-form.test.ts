import { BadRequest, RequestEntityTooLarge, UnsupportedMediaType } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { BodyConsumedError, RequestClosedError } from '../errors/wrapper-errors.ts';
import { FormDataParser } from '../forms/form-data-parser.ts';
import { bytes, TestInput, testEnviron } from '../testing/environ.ts';
import { FakeFile } from '../testing/fake-file.ts';
import { multipartBody } from '../testing/form.ts';
import { Request } from './request.ts';

function formRequest(
  body: string,
  options: { method?: string; type?: string; query?: string } = {},
) {
  const { method = 'POST', type = 'application/x-www-form-urlencoded', query = '' } = options;
  return new Request(testEnviron({ method, query, body, headers: { 'Content-Type': type } }));
}

function upload(options: { type?: string; body?: Uint8Array } = {}) {
  const { type = 'multipart/form-data; boundary=b' } = options;
  const body =
    options.body ??
    multipartBody(
      { name: 'a', content: '1' },
      { name: 'f', filename: 'x.txt', type: 'text/plain', content: 'content' },
    );
  const headers = { 'Content-Type': type };
  return new Request(testEnviron({ method: 'POST', body: [body], headers }));
}

describe('request.form()', () => {
  it('has the fields, repeated and empty ones included', async () => {
    const form = await formRequest('a=1&a=2&b=&c&q=a+b%2Bc&%C3%BC=%E2%98%83').form();
    expect(form.toDict({ flat: false })).toEqual({
      a: ['1', '2'],
      b: [''],
      c: [''],
      q: ['a b+c'],
      ü: ['☃'],
    });
  });

  it('takes UTF-8 that the client did not escape', async () => {
    expect((await formRequest('ü=☃').form()).get('ü')).toBe('☃');
  });

  it('takes no structure from names', async () => {
    const form = await formRequest('a[__proto__][x]=1&__proto__=2').form();
    expect([...form]).toEqual([
      ['a[__proto__][x]', '1'],
      ['__proto__', '2'],
    ]);
  });

  it('is read for any method, and with a charset in the type', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'GET']) {
      const type = 'application/x-www-form-urlencoded; charset=utf-8';
      expect((await formRequest('a=1', { method, type }).form()).get('a')).toBe('1');
    }
  });

  it('follows, and is followed by, other ways to read the body', async () => {
    const request = formRequest('a=1');
    expect(await request.text()).toBe('a=1');
    expect((await request.form()).get('a')).toBe('1');
    expect(await request.form()).toBe(await request.form());
    expect(await request.text()).toBe('a=1');
  });

  it('is empty for another type, and leaves the body alone', async () => {
    const request = formRequest('a=1', { type: 'text/plain' });
    expect((await request.form()).size).toBe(0);
    expect(await request.text()).toBe('a=1');
  });

  it('is empty for another type, though the body was read or must not be', async () => {
    const request = formRequest('a=1', { type: 'text/plain' });
    await request.getData({ cache: false });
    expect((await request.form()).size).toBe(0);
    expect((await request.values()).size).toBe(0);
    expect(await request.data()).toEqual(bytes(''));
    const shallow = new Request(request.environ, { shallow: true });
    expect((await shallow.form()).size).toBe(0);
  });

  it('is empty, and nothing is parsed, where a subclass wants it so', async () => {
    class Raw extends Request {
      override get wantFormDataParsed() {
        return false;
      }
    }
    const request = new Raw(formRequest('a=1').environ);
    expect((await request.form()).size).toBe(0);
    expect(await request.text()).toBe('a=1');
  });

  it('refuses what is not UTF-8 with 400', async () => {
    const { environ } = formRequest('a=1');
    environ['gateway.input'] = new TestInput([new Uint8Array([0x61, 0x3d, 0xff])]);
    await expect(new Request(environ).form()).rejects.toThrow(BadRequest);
  });
});

describe('a form with files', () => {
  it('has its fields in form() and its files in files(), parsed once', async () => {
    const request = upload();
    const [form, files] = await Promise.all([request.form(), request.files()]);
    expect([...form]).toEqual([['a', '1']]);
    expect(await files.get('f')?.text()).toBe('content');
    expect(files.get('f')?.filename).toBe('x.txt');
    expect(await request.form()).toBe(form);
    expect((await request.values()).get('a')).toBe('1');
  });

  it('can be parsed from a body that was kept before, which stays', async () => {
    const request = upload();
    const body = await request.bytes();
    expect((await request.form()).get('a')).toBe('1');
    expect(await request.bytes()).toBe(body);
  });

  it('can be asked for beside the body, as long as that comes first', async () => {
    const request = upload();
    const [body, form] = await Promise.all([request.bytes(), request.form()]);
    expect(body.length).toBeGreaterThan(100);
    expect(form.get('a')).toBe('1');
  });

  it('leaves no body to others, and says so', async () => {
    const request = upload();
    await request.form();
    await expect(request.bytes()).rejects.toThrow(BodyConsumedError);
    await expect(request.text()).rejects.toThrow(/was read by form\(\).*request\.bytes\(\)/);
    expect(() => request.stream).toThrow(BodyConsumedError);
    await expect(request.parts().next()).rejects.toThrow(BodyConsumedError);
    expect(await request.data()).toEqual(bytes(''));
  });

  it('is refused with 400 when it is malformed, or has no boundary', async () => {
    for (const [type, body] of [
      ['multipart/form-data', multipartBody({ name: 'a' })],
      ['multipart/form-data; boundary=other', multipartBody({ name: 'a' })],
      ['multipart/form-data; boundary=b', multipartBody({ name: 'a' }).subarray(0, -8)],
    ] as const) {
      const request = upload({ type, body });
      await expect(request.form(), type).rejects.toThrow(BadRequest);
      await expect(request.files(), type).rejects.toThrow(BadRequest);
    }
  });

  it('obeys the limits of the request', async () => {
    const limited = (limits: Partial<Request>) => Object.assign(upload(), limits).form();
    await expect(limited({ maxContentLength: 50 })).rejects.toThrow(RequestEntityTooLarge);
    await expect(limited({ maxFormMemorySize: 0 })).rejects.toThrow(RequestEntityTooLarge);
    await expect(limited({ maxFormParts: 1 })).rejects.toThrow(RequestEntityTooLarge);
    expect((await limited({ maxFormParts: 2, maxFormMemorySize: 1 })).size).toBe(1);
  });

  it('is parsed by the class, or the parser, that a subclass chooses', async () => {
    class Loud extends FormDataParser {
      override async parse(...args: Parameters<FormDataParser['parse']>) {
        const parsed = await super.parse(...args);
        parsed.files.clear();
        return parsed;
      }
    }
    class LoudRequest extends Request {
      static override formDataParserClass = Loud;
    }
    expect((await new LoudRequest(upload().environ).files()).size).toBe(0);
    class OwnRequest extends Request {
      override makeFormDataParser() {
        return new FormDataParser({ maxFormParts: 1 });
      }
    }
    await expect(new OwnRequest(upload().environ).form()).rejects.toThrow(RequestEntityTooLarge);
  });

  it('has the options of a subclass beside those of the request', () => {
    class OwnRequest extends Request {
      override makeFormDataParser() {
        return super.makeFormDataParser({ maxFormFields: 5 });
      }
    }
    const request = new OwnRequest(upload().environ);
    request.maxFormMemorySize = 7;
    const { maxFormFields, maxFormMemorySize, silent } = request.makeFormDataParser();
    expect([maxFormFields, maxFormMemorySize, silent]).toEqual([5, 7, false]);
  });

  it('puts files where a subclass wants them', async () => {
    const stored: string[] = [];
    class Storing extends Request {
      override getFileStream() {
        return {
          write: (chunk: Uint8Array) => void stored.push(Buffer.from(chunk).toString()),
          finish: () => null,
          abort: () => {},
        };
      }
    }
    await new Storing(upload().environ).files();
    expect(stored.join('')).toBe('content');
  });
});

describe('request.parts()', () => {
  it('has fields and files as they arrive, and takes the body', async () => {
    const request = upload();
    const seen: [string, string][] = [];
    for await (const part of request.parts()) seen.push([part.name, await part.text()]);
    expect(seen).toEqual([
      ['a', '1'],
      ['f', 'content'],
    ]);
    await expect(request.form()).rejects.toThrow(/was read by parts\(\)/);
    await expect(request.bytes()).rejects.toThrow(BodyConsumedError);
  });

  it('obeys the limits of the request, and refuses other types', async () => {
    const request = upload();
    request.maxFormParts = 1;
    const read = async () => {
      for await (const part of request.parts()) await part.bytes();
    };
    await expect(read()).rejects.toThrow(RequestEntityTooLarge);
    expect(() => formRequest('a=1').parts()).toThrow(UnsupportedMediaType);
  });
});

describe('the limits of request.parts()', () => {
  it.each([
    { maxFormParts: 1 },
    { maxFormMemorySize: 3 },
    { maxPartHeaderSize: 20 },
    { maxPartHeaders: 0 },
  ])('are those it is given: %o', async (limits) => {
    const read = async () => {
      for await (const part of upload().parts(limits)) await part.bytes();
    };
    await expect(read()).rejects.toThrow(RequestEntityTooLarge);
  });

  it('are those of the request where undefined is given', async () => {
    const request = upload();
    request.maxFormParts = 1;
    const read = async () => {
      for await (const part of request.parts({ maxFormParts: undefined })) await part.bytes();
    };
    await expect(read()).rejects.toThrow('more than 1 parts');
  });
});

describe('the files of a form', () => {
  class DiskRequest extends Request {
    readonly file = new FakeFile();

    override makeFormDataParser() {
      return new FormDataParser({ spoolThreshold: 0, openFile: async () => this.file });
    }
  }

  it('are closed with the request, and their place on the disk is freed', async () => {
    const request = new DiskRequest(upload().environ);
    const file = (await request.files()).get('f')!;
    expect(await file.text()).toBe('content');
    expect(request.file.closed).toBe(0);
    await request.close();
    expect(request.file.closed).toBe(1);
    await expect(file.text()).rejects.toThrow();
    await request.close();
    expect(request.file.closed).toBe(1);
  });

  it('are freed though the request ends while they arrive', async () => {
    const { environ } = upload();
    const input = environ['gateway.input'];
    let goOn = () => {};
    const wait = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const read = input.read.bind(input);
    input.read = async (size) => {
      const chunk = await read(Math.min(size ?? 200, 200));
      if (chunk.length === 0) await wait;
      return chunk;
    };
    const request = new DiskRequest(environ);
    const files = request.files();
    await new Promise(setImmediate);
    expect(request.file.writes).toBe(1);
    expect(request.close()).toBeUndefined();
    goOn();
    await files.catch(() => {});
    expect(request.file.closed).toBe(1);
  });

  it('are not made after the end of the request', async () => {
    const request = new DiskRequest(upload().environ);
    await request.close();
    await expect(request.files()).rejects.toThrow(RequestClosedError);
    expect(request.file.writes).toBe(0);
  });
});

describe('the limits of a form', () => {
  it('refuse more bytes than may be in memory, before they are read', async () => {
    const request = formRequest(`a=${'x'.repeat(500_000)}`);
    await expect(request.form()).rejects.toThrow(RequestEntityTooLarge);
    expect((request.environ['gateway.input'] as TestInput).taken).toBe(0);
  });

  it('hold for a body that was read before', async () => {
    const request = formRequest('a=123456789');
    request.maxFormMemorySize = 5;
    await request.bytes();
    await expect(request.form()).rejects.toThrow(RequestEntityTooLarge);
  });

  it('refuse more fields than there may be', async () => {
    const few = formRequest('a=1&b=2');
    few.maxFormFields = 1;
    await expect(few.form()).rejects.toThrow(RequestEntityTooLarge);
    const fields = (count: number) => Array(count).fill('a=').join('&');
    expect((await formRequest(fields(1000)).form()).getlist('a').length).toBe(1000);
    await expect(formRequest(fields(1001)).form()).rejects.toThrow(/more than the 1000 fields/);
    await expect(formRequest('a=&'.repeat(150_000)).form()).rejects.toThrow(RequestEntityTooLarge);
  });
});

describe('request.values()', () => {
  it('has the query and then the form', async () => {
    const values = await formRequest('a=1', { query: 'a=0&b=2' }).values();
    expect(values.get('a')).toBe('0');
    expect(values.getlist('a')).toEqual(['0', '1']);
    expect(values.get('b')).toBe('2');
  });

  it('has no form with GET', async () => {
    const values = await formRequest('a=1', { method: 'GET', query: 'a=0' }).values();
    expect(values.getlist('a')).toEqual(['0']);
  });
});
