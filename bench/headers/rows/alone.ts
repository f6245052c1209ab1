import type * as core from '@werkstatt/core';
import { OURS, type Row, row } from '../row.ts';
import { valuesOf } from '../values.ts';

/** A row of ours by itself, for which we know no package that does the same. */
function alone(name: string, choose: (all: typeof core) => (value: string) => unknown): Row {
  const load = async () => choose(await import('@werkstatt/core'));
  return row(name, valuesOf(name), { [OURS]: load }, { hostile: name });
}

/** Rows without a peer: what ours costs, and whether hostile values cost more than their size. */
export const LONE_ROWS: readonly Row[] = [
  alone(
    'Authorization',
    ({ Authorization }) =>
      (value) =>
        Authorization.fromHeader(value),
  ),
  alone(
    'WWW-Authenticate',
    ({ WWWAuthenticate }) =>
      (value) =>
        WWWAuthenticate.fromHeader(value),
  ),
  alone(
    'Content-Security-Policy',
    ({ ContentSecurityPolicy }) =>
      (value) =>
        ContentSecurityPolicy.fromHeader(value),
  ),
  alone(
    'Permissions-Policy',
    ({ PermissionsPolicy }) =>
      (value) =>
        PermissionsPolicy.fromHeader(value),
  ),
  alone(
    'Strict-Transport-Security',
    ({ StrictTransportSecurity }) =>
      (value) =>
        StrictTransportSecurity.fromHeader(value),
  ),
  alone(
    'Clear-Site-Data',
    ({ ClearSiteData }) =>
      (value) =>
        ClearSiteData.fromHeader(value),
  ),
  alone(
    'Server-Timing',
    ({ ServerTiming }) =>
      (value) =>
        ServerTiming.fromHeader(value),
  ),
  alone(
    'Priority',
    ({ Priority }) =>
      (value) =>
        Priority.fromHeader(value),
  ),
  alone(
    'Content-Range',
    ({ ContentRange }) =>
      (value) =>
        ContentRange.fromHeader(value),
  ),
  alone(
    'If-Range',
    ({ IfRange }) =>
      (value) =>
        IfRange.fromHeader(value),
  ),
  row(
    'Content-Disposition, as an object',
    valuesOf('Content-Disposition'),
    {
      [OURS]: async () => {
        const { ContentDisposition } = await import('@werkstatt/core');
        return (value: string) => ContentDisposition.fromHeader(value);
      },
    },
    { hostile: 'Content-Disposition' },
  ),
  alone('Link', ({ parseLinkHeader }) => parseLinkHeader),
  alone('Sec-CH-UA', ({ parseUserAgentBrands }) => parseUserAgentBrands),
  alone(
    'Vary',
    ({ Vary }) =>
      (value) =>
        Vary.fromHeader(value).has('Cookie'),
  ),
  alone(
    'Set',
    ({ parseSetHeader }) =>
      (value) =>
        parseSetHeader(value).has('GET'),
  ),
  alone('List', ({ parseListHeader }) => parseListHeader),
  alone('Dictionary', ({ parseDictHeader }) => parseDictHeader),
  alone('IRI', ({ iriToUri }) => iriToUri),
  alone('URI', ({ uriToIri }) => uriToIri),
  alone('Filename', ({ secureFilename }) => secureFilename),
  alone(
    'Path',
    ({ safeJoin }) =>
      (path) =>
        safeJoin('/srv/www', path),
  ),
  alone('PROXY', ({ parseProxyProtocol, ProxyProtocolError }) => (text) => {
    try {
      return parseProxyProtocol(Buffer.from(text, 'latin1'));
    } catch (error) {
      if (error instanceof ProxyProtocolError) return error;
      throw error;
    }
  }),
];
