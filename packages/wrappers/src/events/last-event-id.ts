import { environOf, type RequestOrEnviron } from '../request/request-environ.ts';
import { octetsOf } from '../values/bytes.ts';

/**
 * The id of the last event that an `EventSource` got before it lost its connection: what it sends
 * as `Last-Event-ID` when it comes back (WHATWG HTML, section 9.2.3). `undefined` at its first
 * request. It comes from the client, and may be anything.
 */
export function lastEventId(request: RequestOrEnviron): string | undefined {
  const octets = environOf(request).HTTP_LAST_EVENT_ID;
  if (octets === undefined || octets === '') return undefined;
  // Header fields are octets, in which browsers send the id as UTF-8.
  return new TextDecoder().decode(octetsOf(octets));
}
