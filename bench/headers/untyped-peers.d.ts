// The parts that are used here of packages which come without types.

declare module 'etag' {
  const etag: (entity: string | Uint8Array) => string;
  export = etag;
}

declare module 'forwarded' {
  interface RequestLike {
    headers: { 'x-forwarded-for': string };
    socket: { remoteAddress: string };
  }
  const forwarded: (request: RequestLike) => string[];
  export = forwarded;
}

declare module 'fresh' {
  type Fields = Readonly<Record<string, string>>;
  const fresh: (request: Fields, response: Fields) => boolean;
  export = fresh;
}

declare module 'negotiator' {
  class Negotiator {
    constructor(request: { headers: Readonly<Record<string, string>> });
    mediaType(available: string[]): string | undefined;
    language(available: string[]): string | undefined;
    encoding(available: string[]): string | undefined;
  }
  export = Negotiator;
}

declare module 'range-parser' {
  const rangeParser: (size: number, header: string) => unknown;
  export = rangeParser;
}
