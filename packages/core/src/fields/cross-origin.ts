import { parseSfItem } from '../structured/parse-sf.ts';
import { SfToken } from '../structured/sf-token.ts';

const EMBEDDERS = ['unsafe-none', 'require-corp', 'credentialless'] as const;

const OPENERS = [
  'unsafe-none',
  'same-origin-allow-popups',
  'same-origin',
  'noopener-allow-popups',
] as const;

const RESOURCES = ['same-site', 'same-origin', 'cross-origin'] as const;

/** What a page may embed of other origins: `Cross-Origin-Embedder-Policy` (HTML). */
export type COEP = (typeof EMBEDDERS)[number];

/** Which windows a page shares a group with: `Cross-Origin-Opener-Policy` (HTML). */
export type COOP = (typeof OPENERS)[number];

/** Whose pages may embed a resource: `Cross-Origin-Resource-Policy` (Fetch). */
export type CORP = (typeof RESOURCES)[number];

/**
 * Reads `Cross-Origin-Embedder-Policy` (HTML): missing or unknown is `unsafe-none`, as in browsers.
 */
export function parseCoep(header: string | null | undefined): COEP {
  return parsePolicy(header, EMBEDDERS);
}

/**
 * Reads `Cross-Origin-Opener-Policy` (HTML): missing or unknown is `unsafe-none`, as in browsers.
 */
export function parseCoop(header: string | null | undefined): COOP {
  return parsePolicy(header, OPENERS);
}

/** Reads `Cross-Origin-Resource-Policy` (Fetch). `null`: missing or unknown. */
export function parseCorp(header: string | null | undefined): CORP | null {
  return RESOURCES.find((policy) => policy === header) ?? null;
}

/** A policy is a structured field: a token, which may have `report-to` beside it. */
function parsePolicy<P extends string>(
  header: string | null | undefined,
  policies: readonly ('unsafe-none' | P)[],
): 'unsafe-none' | P {
  const token = parseSfItem(header)?.value;
  const found = policies.find((policy) => token instanceof SfToken && token.value === policy);
  return found ?? 'unsafe-none';
}
