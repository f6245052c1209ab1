import type { FinalResponse } from './response-parser.ts';

/** What the probe app says about a request it got. */
export interface Echo {
  method: string;
  /** Null where the interface hides it. */
  target: string | null;
  path: string;
  query: string;
  version: string;
  headers: readonly (readonly [name: string, value: string])[];
  bodyLength: number;
  bodySha256: string;
}

/** The echo in a response, or null when its content is none. */
export function echoOf(response: FinalResponse): Echo | null {
  try {
    const value: unknown = JSON.parse(response.body.toString('utf8'));
    return isEcho(value) ? value : null;
  } catch {
    return null;
  }
}

function isEcho(value: unknown): value is Echo {
  return (
    typeof value === 'object' &&
    value !== null &&
    'headers' in value &&
    Array.isArray(value.headers)
  );
}
