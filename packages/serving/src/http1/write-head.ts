import type { Connection } from './connection.ts';
import type { Exchange } from './exchange.ts';
import type { ResponseFields, StatusLine } from './response-head.ts';
import { sentContentLength } from './sent-content-length.ts';

/**
 * Writes the head of a response and settles how it ends: by a length, by chunked coding, or with
 * the connection (RFC 9112 section 6.3).
 *
 * @param length octets of the content that follows, or -1 for as many as come.
 */
export function writeHead(
  connection: Connection,
  exchange: Exchange,
  status: StatusLine,
  fields: ResponseFields,
  length: number,
): void {
  const { host, output } = connection;
  const contentLength = sentContentLength(exchange, status, fields, length);
  let head = status.line + fields.block;
  let close = exchange.framing.close || fields.close || connection.mustClose;
  let chunked = false;

  if (contentLength >= 0) head += `Content-Length: ${contentLength}\r\n`;
  else if (!exchange.withoutBody) {
    if (exchange.http10) close = true;
    else {
      chunked = true;
      head += 'Transfer-Encoding: chunked\r\n';
    }
  }
  if (close) head += 'Connection: close\r\n';
  else if (exchange.http10) head += 'Connection: keep-alive\r\n';
  if (!fields.hasDate) head += host.dateLine;
  if (!fields.hasServer) head += host.serverLine;
  exchange.close = close;
  output.chunked = chunked;
  output.text(`${head}\r\n`);
}
