import { compileAccessFormat } from './access-format.ts';
import type { AccessLogOption, AccessRecord } from './access-log.ts';
import { clfClock } from './clf-time.ts';
import { type Paint, plain, type Style } from './colour.ts';
import { escapeField, escapeJson, escapeLine, escapeQuoted } from './escape.ts';

/** Writes the line of one answered request, without its end. */
export type AccessFormatter = (record: AccessRecord) => string;

/**
 * What `accessLog` asks for as a function, `undefined` for none. No line has a control character
 * that a client sent; that holds for the lines of a user's own function as well.
 *
 * @param paint colours the request by its status; JSON and a user's own lines stay plain.
 * @throws OptionError for a format of atoms that is wrong.
 */
export function accessFormatter(
  option: AccessLogOption,
  paint: Paint = plain,
): AccessFormatter | undefined {
  if (option === false) return undefined;
  if (typeof option === 'function') return (record) => escapeLine(String(option(record)));
  if (option === 'json') return jsonLine;
  if (option !== true && option !== 'common' && option !== 'combined') {
    return compileAccessFormat(option);
  }
  const common = commonFormatter(paint);
  return option === 'combined' ? (record) => `${common(record)}${combinedEnd(record)}` : common;
}

/** NCSA common: `address - - [time] "request line" status octets`. */
function commonFormatter(paint: Paint): AccessFormatter {
  const clock = clfClock();
  return (record) => {
    const address = escapeField(record.remoteAddr) || '-';
    const request = quoted(`${record.method} ${record.target} ${record.protocol}`);
    const style = statusStyle(record.status);
    const shown = style === undefined ? request : paint(style, request);
    return `${address} - - [${clock(record.time)}] ${shown} ${record.status} ${record.bytes || '-'}`;
  };
}

/** What the combined format adds. */
function combinedEnd(record: AccessRecord): string {
  return ` ${quoted(record.referrer ?? '-')} ${quoted(record.userAgent ?? '-')}`;
}

/**
 * One JSON object: `time` in UTC, `duration` in milliseconds. Unknown members are left out, and so
 * are environ and headers, which may hold secrets.
 */
function jsonLine(record: AccessRecord): string {
  const { environ: _environ, responseHeaders: _headers, ...members } = record;
  const time = new Date(record.time).toISOString();
  const duration = Math.round(record.duration * 1000) / 1000;
  return escapeJson(JSON.stringify({ ...members, time, duration }));
}

function quoted(text: string): string {
  return `"${escapeQuoted(text)}"`;
}

/** The style of a status; none for an ordinary answer. */
function statusStyle(status: number): Style | undefined {
  if (status < 200) return 'bold';
  if (status < 300) return undefined;
  if (status === 304) return 'cyan';
  if (status < 400) return 'green';
  if (status === 404) return 'yellow';
  return status < 500 ? ['bold', 'red'] : ['bold', 'magenta'];
}
