/** A `Content-Type` in its parts. */
export interface MediaType {
  /** Type and subtype in lower case, without parameters; `''` if there are none. */
  readonly mimetype: string;
  /** The parameters by their names in lower case, in an object without a prototype. */
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Takes a `Content-Type` apart (RFC 9110, section 8.3.1). Malformed parameters are skipped, and of
 * those with the same name the first holds.
 */
export function parseMediaType(header: string): MediaType {
  const end = header.indexOf(';');
  const mimetype = (end === -1 ? header : header.slice(0, end)).trim().toLowerCase();
  const params: Record<string, string> = Object.create(null);
  for (let position = end; position !== -1; ) {
    const next = endOfParameter(header, position + 1);
    const parameter = header.slice(position + 1, next === -1 ? undefined : next);
    const equals = parameter.indexOf('=');
    const name = parameter.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    if (name !== '') params[name] ??= unquote(parameter.slice(equals + 1).trim());
    position = next;
  }
  return { mimetype, params };
}

/** Where the parameter that begins at `start` ends: a `;` outside of quotes, or -1. */
function endOfParameter(header: string, start: number): number {
  let quoted = false;
  for (let index = start; index < header.length; index++) {
    const char = header[index];
    if (char === '"') quoted = !quoted;
    else if (char === '\\' && quoted) index++;
    else if (char === ';' && !quoted) return index;
  }
  return -1;
}

function unquote(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value.slice(1, -1).replace(/\\(.)/g, '$1');
}
