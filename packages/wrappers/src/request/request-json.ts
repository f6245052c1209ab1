import type { RequestState } from './request-state.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** How `request.json()` reads. */
export interface JsonOptions {
  /** Reads the body whatever its `Content-Type` says. Default: false. */
  force?: boolean | undefined;
  /** Gives `null` instead of an error for another type, and for what isn't JSON. Default: false. */
  silent?: boolean | undefined;
}

/** What parses JSON, as the platform's `JSON` does. */
export interface JsonModule {
  parse(text: string): unknown;
}

/** What `json()` has given; a silent answer may be another. */
export interface JsonValues {
  normal?: unknown;
  silent?: unknown;
}

/** What is to be known of a request whose JSON is read. */
export interface JsonRequest {
  readonly isJson: boolean;
  onJsonLoadingFailed(error: unknown): unknown;
}

/**
 * The body that `read` gives as JSON: parsed once, and what comes of a failure is kept apart for
 * silent callers.
 */
export async function readJson(
  request: JsonRequest,
  state: RequestState,
  read: () => Promise<Uint8Array>,
  jsonModule: JsonModule,
  { force = false, silent = false }: JsonOptions,
): Promise<unknown> {
  state.json ??= {};
  const values: JsonValues = state.json;
  const kind = silent ? 'silent' : 'normal';
  if (kind in values) return values[kind];
  if (!force && !request.isJson) return silent ? null : request.onJsonLoadingFailed(undefined);
  const bytes = await read();
  // Another call may have been faster.
  if (kind in values) return values[kind];
  try {
    values.normal = values.silent = jsonModule.parse(decoder.decode(bytes));
  } catch (error) {
    values[kind] = silent ? null : await request.onJsonLoadingFailed(error);
  }
  return values[kind];
}
