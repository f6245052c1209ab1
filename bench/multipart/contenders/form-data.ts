import { type Decode, formType } from '../contender.ts';

/** `Request`, the platform's or that of a package. */
interface Platform {
  readonly Request: new (
    url: string,
    init: { method: string; headers: Record<string, string>; body: never; duplex: 'half' },
  ) => { formData(): Promise<Iterable<readonly [string, string | { readonly size: number }]>> };
}

/** Decodes with `Request.formData`; a body in one chunk is given as it is, else as a stream. */
export function decodeWith(platform: object): Decode {
  const { Request } = platform as Platform;
  return async (chunks, boundary) => {
    const [first, ...rest] = chunks;
    const request = new Request('http://localhost/', {
      method: 'POST',
      headers: { 'content-type': formType(boundary) },
      body: (rest.length === 0 ? first : ReadableStream.from([first, ...rest])) as never,
      duplex: 'half',
    });
    const found = { parts: 0, contentBytes: 0 };
    for (const [name, value] of await request.formData()) {
      if (name.length > 0) found.parts++;
      found.contentBytes += typeof value === 'string' ? value.length : value.size;
    }
    return found;
  };
}
