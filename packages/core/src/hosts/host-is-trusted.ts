import { splitHost } from './split-host.ts';
import { toAscii } from './to-ascii.ts';

/**
 * Whether a host is in a list of trusted ones. Ports do not matter, nor does case; a name in the
 * list that begins with a dot stands for itself and all its subdomains, and one that is not ASCII
 * for its IDNA form. A missing or malformed host is never trusted.
 *
 * @param trusted the list; without one, or with an empty one, every well-formed host is trusted.
 */
export function hostIsTrusted(
  host: string | null | undefined,
  trusted?: Iterable<string> | null,
): boolean {
  const parts = host ? splitHost(host) : undefined;
  if (!parts) return false;
  const references = [...(trusted ?? [])];
  return references.length === 0 || references.some((reference) => matches(parts.name, reference));
}

function matches(name: string, reference: string): boolean {
  const withSubdomains = reference.startsWith('.');
  const expected = referenceName(withSubdomains ? reference.slice(1) : reference);
  if (expected === undefined) return false;
  return name === expected || (withSubdomains && name.endsWith(`.${expected}`));
}

/** The name in an entry of the list, which may have a port. An entry without one matches nothing. */
function referenceName(reference: string): string | undefined {
  const ascii = toAscii(reference.replace(/:[0-9]+$/, ''));
  return ascii === undefined ? undefined : splitHost(ascii)?.name;
}
