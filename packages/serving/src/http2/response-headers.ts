import type { OutgoingHttpHeaders } from 'node:http2';
import type { HeaderList } from '@werkstatt/core/protocol';
import { fieldLines } from '../http1/response-head.ts';

/** Fields that HTTP/2 has not, or that the server settles itself. */
const LEFT_OUT: ReadonlySet<string> = new Set(['connection', 'content-length', 'http2-settings']);

/** Fields as `node:http2` takes them: names in lower case, the values of one name together. */
export function outgoingHeaders(fields: HeaderList): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = Object.create(null);
  for (const [name, value] of fields) {
    const key = name.toLowerCase();
    if (LEFT_OUT.has(key)) continue;
    const earlier = headers[key];
    if (earlier === undefined) headers[key] = value;
    else if (Array.isArray(earlier)) earlier.push(value);
    else headers[key] = [earlier as string, value];
  }
  return headers;
}

/**
 * The fields of an interim response or a trailer section, checked as those of HTTP/1.1 are.
 *
 * @throws TypeError
 */
export function checkedHeaders(fields: HeaderList): OutgoingHttpHeaders {
  fieldLines(fields);
  return outgoingHeaders(fields);
}
