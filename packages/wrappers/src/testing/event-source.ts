/** What a listener of an `EventSource` gets. */
export interface ReceivedEvent {
  type: string;
  data: string;
  lastEventId: string;
}

/** What an `EventSource` makes of a stream. */
export interface ReceivedStream {
  events: ReceivedEvent[];
  /** The reconnection time, in ms, as it was set last. */
  retry: number | undefined;
  /** What it would send as `Last-Event-ID`. */
  lastEventId: string;
}

/** Reads an event stream, step by step as WHATWG HTML, section 9.2.6 says. */
export function readEventStream(text: string): ReceivedStream {
  const events: ReceivedEvent[] = [];
  let retry: number | undefined;
  let lastEventId = '';
  let data = '';
  let type = '';
  let id = '';
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  // What follows the last line end is an unfinished line, and not looked at.
  for (const line of lines.slice(0, -1)) {
    if (line === '') {
      lastEventId = id;
      if (data !== '') {
        events.push({ type: type || 'message', data: data.replace(/\n$/, ''), lastEventId });
      }
      data = '';
      type = '';
      continue;
    }
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') type = value;
    else if (field === 'data') data += `${value}\n`;
    else if (field === 'id' && !value.includes('\0')) id = value;
    else if (field === 'retry' && /^[0-9]+$/.test(value)) retry = Number(value);
  }
  return { events, retry, lastEventId };
}
