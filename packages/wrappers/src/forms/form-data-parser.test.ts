import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ArgumentError,
  BadRequest,
  type ByteContent,
  ClientDisconnected,
  type Environ,
  type InputStream,
  RequestEntityTooLarge,
} from '@werkstatt/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SpoolError } from '../errors/wrapper-errors.ts';
import { bytes, type TestInput, testEnviron } from '../testing/environ.ts';
import { FakeFile } from '../testing/fake-file.ts';
import { brokenInput, inputOf, multipartBody, partHead } from '../testing/form.ts';
import { FormDataParser, type FormDataParserOptions, parseFormData } from './form-data-parser.ts';
import {
  defaultStreamFactory,
  type FileSink,
  type FileUpload,
  type StreamFactory,
} from './stream-factory.ts';

const MULTIPART = 'multipart/form-data; boundary=b';
const URLENCODED = 'application/x-www-form-urlencoded';

function formEnviron(body: string | Uint8Array, type: string = MULTIPART): Environ {
  const chunks = [typeof body === 'string' ? bytes(body) : body];
  return testEnviron({ method: 'POST', body: chunks, headers: { 'Content-Type': type } });
}

/** Parses a multipart body that comes out of a stream. */
function parse(stream: InputStream, options: FormDataParserOptions = {}) {
  const parser = new FormDataParser({ silent: false, ...options });
  return parser.parse(stream, 'multipart/form-data', undefined, { boundary: 'b' });
}

/** A sink that keeps what it gets and tells what is called. */
class TestSink implements FileSink {
  readonly calls: string[] = [];
  readonly chunks: Uint8Array[] = [];
  content: ByteContent | null = null;

  async write(chunk: Uint8Array): Promise<void> {
    this.calls.push('write');
    await new Promise(setImmediate);
    this.chunks.push(chunk);
  }

  async finish(): Promise<ByteContent | null> {
    this.calls.push('finish');
    return this.content;
  }

  abort(error: unknown): void {
    this.calls.push(`abort ${(error as Error).name}`);
  }
}

describe('a multipart form', () => {
  it('has fields and files under their names', async () => {
    const body = multipartBody(
      { name: 'a', content: '1' },
      { name: 'f', filename: 'x.txt', type: 'Text/Plain; charset=utf-8', content: 'data' },
      { name: 'a', content: '2' },
      { name: 'f', filename: '', type: 'application/octet-stream' },
    );
    for (const size of [1, 7, 10_000]) {
      const { form, files } = await parse(inputOf(body, size));
      expect([...form]).toEqual([
        ['a', '1'],
        ['a', '2'],
      ]);
      const [file, none] = files.getlist('f');
      expect([file?.name, file?.filename, file?.size]).toEqual(['f', 'x.txt', 4]);
      expect([file?.mimetype, { ...file?.mimetypeParams }]).toEqual([
        'text/plain',
        { charset: 'utf-8' },
      ]);
      expect([await file?.text(), await file?.text()]).toEqual(['data', 'data']);
      expect([none?.hasFile, none?.size, await none?.text()]).toEqual([false, 0, '']);
    }
  });

  it('takes no structure from names', async () => {
    const names = ['__proto__', 'constructor', 'a[__proto__][x]', 'a.b', ''];
    const { form } = await parse(inputOf(multipartBody(...names.map((name) => ({ name })))));
    expect([...form.keys()]).toEqual(names);
  });

  it('has text in one of three charsets, whichever the client states', async () => {
    const octets = Uint8Array.of(0xef, 0xbb, 0xbf, 0xc3, 0xa9, 0x80);
    const value = async (type?: string) => {
      const part = { name: 'a', content: octets, ...(type !== undefined && { type }) };
      const results = [];
      for (const size of [1, 1000]) {
        results.push((await parse(inputOf(multipartBody(part), size))).form.get('a'));
      }
      expect(results[0]).toBe(results[1]);
      return results[0];
    };
    expect(await value()).toBe('\ufeffé\ufffd');
    expect(await value('text/plain; charset=UTF-8')).toBe('\ufeffé\ufffd');
    expect(await value('text/plain; charset=utf-7')).toBe('\ufeffé\ufffd');
    expect(await value('text/plain; charset=__proto__')).toBe('\ufeffé\ufffd');
    expect(await value('text/plain; charset="ISO-8859-1"')).toBe('ï»¿Ã©\x80');
    expect(await value('text/plain; charset=us-ascii')).toBe('\ufffd'.repeat(6));
    expect(await value('text/plain; charset=ASCII')).toBe('\ufffd'.repeat(6));
  });

  it('is read from an environ to its end', async () => {
    const body = `preamble\r\n${new TextDecoder().decode(multipartBody({ name: 'a' }))}epilogue`;
    const environ = formEnviron(body);
    const parsed = await parseFormData(environ);
    expect(parsed.form.get('a')).toBe('');
    expect((environ['gateway.input'] as TestInput).taken).toBe(body.length);
    expect(await parsed.stream.read()).toEqual(new Uint8Array());
  });

  it('is not looked for in other types', async () => {
    for (const type of ['multipart/mixed; boundary=b', 'text/plain', '']) {
      const environ = formEnviron(multipartBody({ name: 'a' }), type);
      const parsed = await parseFormData(environ, { silent: false });
      expect([parsed.form.size, parsed.files.size]).toEqual([0, 0]);
      expect((await parsed.stream.read()).length).toBeGreaterThan(0);
    }
    const parsed = await parseFormData(
      formEnviron(multipartBody({ name: 'a' }), 'MULTIPART/Form-Data; Boundary=b'),
    );
    expect(parsed.form.size).toBe(1);
  });

  it('is not read where nobody knows its end', async () => {
    const environ = formEnviron(multipartBody({ name: 'a' }));
    environ.CONTENT_LENGTH = undefined;
    environ['gateway.input_terminated'] = false;
    const parsed = await parseFormData(environ);
    expect(parsed.form.size).toBe(0);
    expect((environ['gateway.input'] as TestInput).taken).toBe(0);
  });
});

describe('a form that is malformed', () => {
  const cases: [string, string | Uint8Array, string?][] = [
    ['cut in a field', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx'],
    ['cut in a file', Buffer.concat([partHead({ name: 'f', filename: 'x' }), bytes('data')])],
    ['cut in a header', '--b\r\nContent-Disposition: form-d'],
    ['without a name', '--b\r\nContent-Disposition: form-data\r\n\r\nv\r\n--b--\r\n'],
    ['without a delimiter', 'nothing here'],
    ['without a boundary', multipartBody({ name: 'a' }), 'multipart/form-data'],
    ['not UTF-8', Uint8Array.of(0x61, 0x3d, 0x80), URLENCODED],
  ];

  it.each(cases)('is an empty one, or a 400 if wanted: %s', async (_, body, type) => {
    const parsed = await parseFormData(formEnviron(body, type));
    expect([parsed.form.size, parsed.files.size]).toEqual([0, 0]);
    await expect(parseFormData(formEnviron(body, type), { silent: false })).rejects.toThrow(
      BadRequest,
    );
  });

  it('is told from a broken connection, a full disk and an error of the factory', async () => {
    const head = partHead({ name: 'f', filename: 'x' });
    const gone = parse(brokenInput(head), { silent: true });
    await expect(gone).rejects.toThrow(ClientDisconnected);
    const body = multipartBody({ name: 'f', filename: 'x', content: 'data' });
    const openFile = async () => new FakeFile({ failure: new Error('ENOSPC') });
    const full = parse(inputOf(body), { silent: true, spoolThreshold: 0, openFile });
    await expect(full).rejects.toThrow(SpoolError);
    const streamFactory = () => {
      throw new BadRequest('no such files');
    };
    const refused = parse(inputOf(body), { silent: true, streamFactory });
    await expect(refused).rejects.toThrow('no such files');
  });
});

describe('the limits of a form', () => {
  const field = (size: number) => ({ name: 'a', content: 'x'.repeat(size) });

  it('bound the memory of all fields together, whatever is silent', async () => {
    const body = multipartBody(...Array(900).fill(field(40_000)));
    for (const silent of [true, false]) {
      await expect(parse(inputOf(body), { silent })).rejects.toThrow(RequestEntityTooLarge);
    }
    const parsed = await parse(inputOf(multipartBody(field(300_000), field(200_000))));
    expect(parsed.form.getlist('a').length).toBe(2);
    const file = { ...field(600_000), filename: 'x' };
    expect((await parse(inputOf(multipartBody(file)))).files.get('a')?.size).toBe(600_000);
  });

  it('bound the number of parts, files included', async () => {
    const parts = [field(1), { ...field(1), filename: 'x' }];
    const body = multipartBody(...parts);
    expect((await parse(inputOf(body), { maxFormParts: 2 })).form.size).toBe(1);
    await expect(parse(inputOf(body), { maxFormParts: 1 })).rejects.toThrow(RequestEntityTooLarge);
    const many = (count: number) => inputOf(multipartBody(...Array(count).fill(field(1))));
    expect((await parse(many(1000))).form.getlist('a').length).toBe(1000);
    await expect(parse(many(1001))).rejects.toThrow(RequestEntityTooLarge);
  });

  it('bound the whole body, before it is read if its length is declared', async () => {
    const environ = formEnviron(multipartBody(field(100)));
    const options = { maxContentLength: 50 };
    await expect(parseFormData(environ, options)).rejects.toThrow(RequestEntityTooLarge);
    expect((environ['gateway.input'] as TestInput).taken).toBe(0);
    const chunked = formEnviron(multipartBody(field(100)));
    chunked.CONTENT_LENGTH = undefined;
    chunked['gateway.input_terminated'] = true;
    await expect(parseFormData(chunked, options)).rejects.toThrow(RequestEntityTooLarge);
    const parser = new FormDataParser(options);
    const direct = parser.parse(inputOf(''), URLENCODED, 51);
    await expect(direct).rejects.toThrow(RequestEntityTooLarge);
    const none = { maxContentLength: Infinity };
    expect((await parseFormData(formEnviron('a=1', URLENCODED), none)).form.size).toBe(1);
  });

  it('have to be numbers, and are called by their names when they are not', async () => {
    for (const value of [-1, Number.NaN]) {
      expect(() => new FormDataParser({ maxContentLength: value })).toThrow(ArgumentError);
      expect(() => new FormDataParser({ maxFormMemorySize: value })).toThrow('maxFormMemorySize');
      expect(() => new FormDataParser({ maxFormParts: value })).toThrow('maxFormParts');
      expect(() => new FormDataParser({ maxPartHeaders: value })).toThrow('maxPartHeaders');
      expect(() => new FormDataParser({ maxFormFields: value })).toThrow(ArgumentError);
      const body = multipartBody({ name: 'f', filename: 'x' });
      await expect(parse(inputOf(body), { spoolThreshold: value })).rejects.toThrow(ArgumentError);
    }
  });

  it('have a default each', () => {
    const parser = new FormDataParser();
    expect(parser.maxContentLength).toBe(2 ** 29);
    expect(parser.maxFormMemorySize).toBe(500_000);
    expect([parser.maxFormParts, parser.maxFormFields]).toEqual([1000, 1000]);
    expect(parser.silent).toBe(true);
  });
});

describe('a stream factory', () => {
  it('is told what is known of a file, and gets its bytes one after the other', async () => {
    const uploads: FileUpload[] = [];
    const sinks: TestSink[] = [];
    const streamFactory = async (file: FileUpload) => {
      uploads.push(file);
      const sink = new TestSink();
      sinks.push(sink);
      return sink;
    };
    const body = multipartBody(
      { name: 'f', filename: 'x.png', type: 'image/png', content: 'a'.repeat(25) },
      { name: 'g', filename: '' },
      { name: 'h', content: 'no file' },
    );
    const parser = new FormDataParser({ streamFactory });
    const options = { boundary: 'b' };
    const { files } = await parser.parse(
      inputOf(body, 10),
      'multipart/form-data',
      body.length,
      options,
    );
    expect(uploads).toMatchObject([
      { name: 'f', filename: 'x.png', contentType: 'image/png', totalContentLength: body.length },
      { name: 'g', filename: '', contentType: undefined },
    ]);
    expect(Buffer.concat(sinks[0]!.chunks).toString()).toBe('a'.repeat(25));
    expect(sinks[0]!.calls.at(-1)).toBe('finish');
    expect(sinks[1]!.calls).toEqual(['finish']);
    expect(await files.get('f')?.text()).toBe('');
  });

  it('chooses for each file, and leaves others to the default', async () => {
    const sink = Object.assign(new TestSink(), { content: [bytes('elsewhere')] });
    const parsed = await parse(
      inputOf(
        multipartBody(
          { name: 'f', filename: 'x', content: 'here' },
          { name: 'g', filename: 'y', content: '...' },
        ),
      ),
      { streamFactory: (file) => (file.name === 'g' ? sink : defaultStreamFactory(file)) },
    );
    expect(await parsed.files.get('f')?.text()).toBe('here');
    expect(await parsed.files.get('g')?.text()).toBe('elsewhere');
  });

  it('can have one place in the spool for each file, while that is read', async () => {
    const body = multipartBody(
      { name: 'f', filename: 'x', content: 'one' },
      { name: 'g', filename: 'y', content: 'two' },
    );
    const twice = (file: FileUpload) => file.openSpool() && file.openSpool();
    await expect(parse(inputOf(body), { streamFactory: twice })).rejects.toThrow(ArgumentError);
    let first: FileUpload | undefined;
    const late = (file: FileUpload) => (first ??= file).openSpool();
    await expect(parse(inputOf(body), { streamFactory: late })).rejects.toThrow(
      'The file "x" has its place in the spool',
    );
  });

  it('takes no file for a field where a factory returns nothing', async () => {
    const body = multipartBody({ name: 'f', filename: 'x', content: 'one' });
    const forgetful = [() => undefined, () => null, async () => undefined];
    for (const factory of forgetful) {
      const streamFactory = factory as unknown as StreamFactory;
      await expect(parse(inputOf(body), { silent: true, streamFactory })).rejects.toThrow(
        'The stream factory returned no sink for the file "f"',
      );
    }
  });

  it('undoes every file when the form fails, finished ones too', async () => {
    const sinks: TestSink[] = [];
    let closed = 0;
    const streamFactory = () => {
      const sink = new TestSink();
      sink.content = Object.assign([bytes('x')], { close: () => void closed++ });
      sinks.push(sink);
      return sink;
    };
    const body = Buffer.concat([
      multipartBody({ name: 'f', filename: 'x', content: 'data' }).subarray(0, -7),
      partHead({ name: 'g', filename: 'y' }),
      bytes('more'),
    ]);
    await expect(parse(brokenInput(body), { streamFactory })).rejects.toThrow(ClientDisconnected);
    expect(sinks.map((sink) => sink.calls)).toEqual([
      ['write', 'finish', 'abort ClientDisconnected'],
      ['write', 'abort ClientDisconnected'],
    ]);
    expect(closed).toBe(0);
  });

  it('hears of the error that ended the form, and that alone is told', async () => {
    const failing: FileSink = {
      write: () => Promise.reject(new Error('no room')),
      finish: () => null,
      abort: () => Promise.reject(new Error('no way back')),
    };
    const body = multipartBody({ name: 'f', filename: 'x', content: 'data' });
    const parsed = parse(inputOf(body), { streamFactory: () => failing });
    await expect(parsed).rejects.toThrow('no room');
  });
});

describe.runIf(process.platform === 'linux')('the temporary file of a form', () => {
  let folder: string;
  const tmp = process.env['TMPDIR'];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'werkstatt-test-'));
    process.env['TMPDIR'] = folder;
  });
  afterAll(async () => {
    if (tmp === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = tmp;
    await rm(folder, { recursive: true });
  });

  /** How many temporary files this process has open. */
  async function openFiles(): Promise<number> {
    const descriptors = await readdir('/proc/self/fd');
    const links = descriptors.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => ''));
    return (await Promise.all(links)).filter((path) => path.startsWith(folder)).length;
  }

  const large = { name: 'f', filename: 'x', content: 'x'.repeat(400_000) };

  it('holds large files until the form is closed', async () => {
    const parsed = await parse(inputOf(multipartBody(large, large, large), 65_536));
    expect(await openFiles()).toBe(1);
    for (const file of parsed.files.getlist('f')) {
      expect(await file.text()).toBe(large.content);
    }
    const [taken] = parsed.files.poplist('f');
    await parsed.close();
    await parsed.close();
    expect(await openFiles()).toBe(0);
    await expect(taken?.text()).rejects.toThrow(SpoolError);
  });

  it('can be saved where files are to last, by what Node writes files with', async () => {
    await using parsed = await parse(inputOf(multipartBody(large, large)));
    const path = join(folder, 'saved');
    await writeFile(path, parsed.files.getItem('f'));
    expect((await readFile(path)).length).toBe(400_000);
    await rm(path);
  });

  it('goes with the last of its files', async () => {
    const parsed = await parse(inputOf(multipartBody(large, large)));
    await parsed.files.close();
    expect(await openFiles()).toBe(0);
    await expect(
      parse(inputOf(multipartBody(large, large))).then((form) => form.close()),
    ).resolves.toBeUndefined();
    expect(await openFiles()).toBe(0);
  });

  it('is gone when the client goes away, and when the form turns out malformed', async () => {
    const begun = multipartBody(large, large, large).subarray(0, 1_100_000);
    for (let attempt = 0; attempt < 20; attempt++) {
      await expect(parse(brokenInput(begun))).rejects.toThrow(ClientDisconnected);
    }
    await expect(parse(inputOf(begun))).rejects.toThrow(BadRequest);
    expect((await parse(inputOf(begun), { silent: true })).files.size).toBe(0);
    expect(await openFiles()).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });
});
