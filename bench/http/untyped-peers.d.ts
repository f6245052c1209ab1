// The parts that are used here of frameworks which come without types.

declare module 'express' {
  import type { RequestListener } from 'node:http';

  interface Request {
    body: unknown;
  }
  interface Response extends NodeJS.WritableStream {
    type(name: string): this;
    send(body: string | Uint8Array): unknown;
    json(value: unknown): unknown;
    sendFile(path: string): unknown;
  }
  type Handler = (request: Request, response: Response, next: () => void) => unknown;
  interface Application extends RequestListener {
    get(path: string, ...handlers: Handler[]): unknown;
    post(path: string, ...handlers: Handler[]): unknown;
  }
  const express: {
    (): Application;
    json(): Handler;
    raw(options: { limit: string }): Handler;
  };
  export = express;
}

declare module 'koa' {
  import type { IncomingMessage, RequestListener } from 'node:http';

  interface Context {
    readonly path: string;
    readonly req: IncomingMessage;
    type: string;
    length: number;
    lastModified: Date;
    body: unknown;
  }
  class Koa {
    silent: boolean;
    use(middleware: (context: Context) => unknown): this;
    callback(): RequestListener;
  }
  export = Koa;
}
