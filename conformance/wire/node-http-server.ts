import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  validateHeaderValue,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ChunkInput,
  type Environ,
  type GatewayApp,
  type HeaderField,
  type HeaderList,
} from '@werkstatt/core';

/** Milliseconds. A minute, which is the default, would be too long for the cases of slow heads. */
const TIMES = { headersTimeout: 6_000, connectionsCheckingInterval: 1_000 };

/**
 * A server of `node:http` with its defaults, for comparison: as little as it takes to host a gateway
 * application, so that what the wire shows is Node's doing. Fastify, Express, Koa and Hono's server
 * stand on the same one.
 */
export function nodeHttpServer(app: GatewayApp): Server {
  return createServer(TIMES, (request, response) => {
    answer(app, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else startOver(response, 500, '').end();
    });
  });
}

async function answer(
  app: GatewayApp,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await app(environOf(request, response), (status, headers) => {
    // Node looks at it only when the head is sent.
    validateHeaderValue('Status', status);
    const [code = '', ...reason] = status.split(' ');
    startOver(response, Number(code), reason.join(' '));
    for (const [name, value] of headers) {
      if (name.toLowerCase() === 'set-cookie') response.appendHeader(name, value);
      else response.setHeader(name, value);
    }
    return (chunk) => void response.write(chunk);
  });
  // In one piece where it is one, so that Node can tell its length.
  if (Array.isArray(body)) {
    response.end(Buffer.concat(body));
    return;
  }
  for await (const chunk of body) {
    if (response.write(chunk)) continue;
    await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
  }
  response.end();
}

/** Forgets what was said before that Node has refused. */
function startOver(response: ServerResponse, status: number, reason: string): ServerResponse {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  response.statusCode = status;
  response.statusMessage = reason;
  return response;
}

function environOf(request: IncomingMessage, response: ServerResponse): Environ {
  const { url = '/', socket } = request;
  const target = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?]*/i, '');
  const [path = '', ...query] = target.split('?');
  const { address, port } = socket.address() as AddressInfo;
  return {
    REQUEST_METHOD: request.method ?? '',
    SCRIPT_NAME: '',
    PATH_INFO: path || '/',
    QUERY_STRING: query.join('?'),
    REQUEST_URI: url,
    SERVER_NAME: address,
    SERVER_PORT: `${port}`,
    SERVER_PROTOCOL: `HTTP/${request.httpVersion}`,
    REMOTE_ADDR: socket.remoteAddress ?? '',
    REMOTE_PORT: `${socket.remotePort ?? ''}`,
    'gateway.version': [1, 0],
    'gateway.url_scheme': 'http',
    'gateway.input': new ChunkInput(request),
    'gateway.input_terminated': true,
    'gateway.errors': { write() {}, flush() {} },
    'gateway.multithread': false,
    'gateway.multiprocess': false,
    'gateway.run_once': false,
    'gateway.signal': new AbortController().signal,
    'gateway.raw_headers': () => pairs(request.rawHeaders),
    'gateway.trailers': () => pairs(request.rawTrailers),
    'gateway.early_hints': (headers) => {
      const fields = Object.fromEntries(
        headers.map(([name, value]) => [name.toLowerCase(), value]),
      );
      response.writeEarlyHints(fields);
    },
  };
}

function pairs(raw: readonly string[]): HeaderList {
  const fields: HeaderField[] = [];
  for (let i = 0; i < raw.length; i += 2) fields.push([raw[i]!, raw[i + 1]!]);
  return fields;
}
