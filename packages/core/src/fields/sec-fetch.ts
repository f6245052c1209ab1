const SITES = ['cross-site', 'same-origin', 'same-site', 'none'] as const;

const MODES = ['cors', 'navigate', 'no-cors', 'same-origin', 'websocket', 'webtransport'] as const;

const DESTINATIONS = [
  'audio',
  'audioworklet',
  'document',
  'embed',
  'empty',
  'fencedframe',
  'font',
  'frame',
  'iframe',
  'image',
  'json',
  'manifest',
  'object',
  'paintworklet',
  'report',
  'script',
  'serviceworker',
  'sharedworker',
  'style',
  'text',
  'track',
  'video',
  'webidentity',
  'worker',
  'xslt',
] as const;

/** How the page that makes a request is related to the server: `Sec-Fetch-Site`. */
export type SecFetchSite = (typeof SITES)[number];

/** The mode of a request: `Sec-Fetch-Mode`. */
export type SecFetchMode = (typeof MODES)[number];

/** What a browser wants the response for: `Sec-Fetch-Dest`. */
export type SecFetchDest = (typeof DESTINATIONS)[number];

const SITE_SET: ReadonlySet<string> = new Set(SITES);
const MODE_SET: ReadonlySet<string> = new Set(MODES);
const DESTINATION_SET: ReadonlySet<string> = new Set(DESTINATIONS);

/** Reads `Sec-Fetch-Site` (W3C Fetch Metadata). `null`: missing or unknown. */
export function parseSecFetchSite(header: string | null | undefined): SecFetchSite | null {
  return SITE_SET.has(header ?? '') ? (header as SecFetchSite) : null;
}

/** Reads `Sec-Fetch-Mode` (W3C Fetch Metadata). `null`: missing or unknown. */
export function parseSecFetchMode(header: string | null | undefined): SecFetchMode | null {
  return MODE_SET.has(header ?? '') ? (header as SecFetchMode) : null;
}

/** Reads `Sec-Fetch-Dest` (W3C Fetch Metadata). `null`: missing or unknown. */
export function parseSecFetchDest(header: string | null | undefined): SecFetchDest | null {
  return DESTINATION_SET.has(header ?? '') ? (header as SecFetchDest) : null;
}

/** Reads `Sec-Fetch-User` (W3C Fetch Metadata): whether a person's action made the request. */
export function parseSecFetchUser(header: string | null | undefined): boolean {
  return header === '?1';
}
