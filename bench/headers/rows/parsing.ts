import { OURS, type Row, row } from '../row.ts';
import { valuesOf } from '../values.ts';

const RANGE_LENGTH = 2_000_000;
const ETAG = '"33a64df551425fcc55e4d42a148795d9f25f89d4"';

const DATES = valuesOf('If-Modified-Since');
const isImfFixdate = (value: string) => value.length === 29;

/** Rows of headers that are parsed to what they say. */
export const PARSING_ROWS: readonly Row[] = [
  row(
    'Cookie',
    valuesOf('Cookie'),
    {
      // Ours is parsed once it is asked for what can't be searched for: here a cookie without a name.
      [OURS]: async () => {
        const { parseCookie } = await import('@werkstatt/core');
        return (value: string) => parseCookie(value).get('', null);
      },
      cookie: async () => {
        const { parseCookie } = await import('cookie');
        return (value: string) => parseCookie(value)[''] ?? null;
      },
    },
    {
      hostile: 'Cookie',
      unequal: 'ours keeps repeated cookies, and reads UTF-8; cookie keeps the first',
    },
  ),
  row(
    'Cookie, one of several read',
    valuesOf('Cookie').filter((value) => value.includes('session=')),
    {
      [OURS]: async () => {
        const { parseCookie } = await import('@werkstatt/core');
        return (value: string) => parseCookie(value).get('session');
      },
      cookie: async () => {
        const { parseCookie } = await import('cookie');
        return (value: string) => parseCookie(value).session;
      },
    },
    { unequal: 'ours searches for the one; cookie parses all' },
  ),
  row(
    'Content-Type',
    valuesOf('Content-Type'),
    {
      [OURS]: async () => (await import('@werkstatt/core')).parseOptionsHeader,
      'content-type': async () => (await import('content-type')).parse,
      'fast-content-type-parse': async () => (await import('fast-content-type-parse')).safeParse,
    },
    {
      hostile: 'Content-Type',
      unequal: 'ours also decodes extended parameters and joins continued ones',
    },
  ),
  row(
    'Content-Disposition',
    valuesOf('Content-Disposition'),
    {
      [OURS]: async () => (await import('@werkstatt/core')).parseOptionsHeader,
      'content-disposition': async () => (await import('content-disposition')).parse,
    },
    {
      hostile: 'Content-Disposition',
      unequal: 'ours also joins continued parameters, and checks the charset of extended ones',
    },
  ),
  row(
    'Cache-Control',
    valuesOf('Cache-Control'),
    {
      [OURS]: async () => {
        const { ResponseCacheControl } = await import('@werkstatt/core');
        return (value: string) => ResponseCacheControl.fromHeader(value);
      },
      'cache-control-parser': async () => (await import('cache-control-parser')).default.parse,
    },
    {
      hostile: 'Cache-Control',
      unequal:
        'ours keeps unknown directives and reads quoted lists; cache-control-parser splits within quotes',
    },
  ),
  row(
    'Range',
    valuesOf('Range'),
    {
      [OURS]: async () => {
        const { Range } = await import('@werkstatt/core');
        return (value: string) => Range.fromHeader(value)?.rangeForLength(RANGE_LENGTH);
      },
      'range-parser': async () => {
        const { default: rangeParser } = await import('range-parser');
        return (value: string) => rangeParser(RANGE_LENGTH, value);
      },
    },
    { hostile: 'Range', unequal: 'ours refuses numbers that are not plain digits' },
  ),
  row(
    'If-None-Match',
    valuesOf('If-None-Match'),
    {
      [OURS]: async () => {
        const { ETags } = await import('@werkstatt/core');
        return (value: string) => ETags.fromHeader(value).containsRaw(ETAG);
      },
      fresh: async () => {
        const { default: fresh } = await import('fresh');
        return (value: string) => fresh({ 'if-none-match': value }, { etag: ETAG });
      },
    },
    {
      hostile: 'If-None-Match',
      unequal: 'ours makes a set of tags first, to be asked again; fresh answers this one question',
    },
  ),
  row(
    'X-Forwarded-For',
    valuesOf('X-Forwarded-For'),
    {
      [OURS]: async () => {
        const { parseXForwardedFor } = await import('@werkstatt/core');
        return (value: string) => parseXForwardedFor(value);
      },
      forwarded: async () => {
        const { default: forwarded } = await import('forwarded');
        return (value: string) =>
          forwarded({
            headers: { 'x-forwarded-for': value },
            socket: { remoteAddress: '10.0.0.1' },
          });
      },
    },
    {
      hostile: 'X-Forwarded-For',
      unequal: 'ours reads and checks the one address that counts; forwarded lists all, unchecked',
    },
  ),
  row(
    'Forwarded',
    valuesOf('Forwarded'),
    { [OURS]: async () => (await import('@werkstatt/core')).parseForwarded },
    { hostile: 'Forwarded' },
  ),
  row(
    'Date',
    DATES.filter(isImfFixdate),
    {
      [OURS]: async () => (await import('@werkstatt/core')).parseDate,
      'Date.parse': async () => (value: string) => new Date(Date.parse(value)),
    },
    { hostile: 'Date', unequal: 'ours takes the forms of HTTP and mail, and no others' },
  ),
  row(
    'Date of RFC 850',
    DATES.filter((value) => !isImfFixdate(value)),
    {
      [OURS]: async () => (await import('@werkstatt/core')).parseDate,
      'Date.parse': async () => (value: string) => new Date(Date.parse(value)),
    },
    { unequal: 'hardly anyone sends it; ours reads zones, and checks every part' },
  ),
];
