import { timingSafeEqual } from '#platform';

const encoder = new TextEncoder();

/**
 * Whether two secrets are equal, in a time that tells nothing but whether their lengths are: for
 * tokens, signatures and digests. Texts are compared as UTF-8; one with a lone surrogate, for which
 * UTF-8 has nothing, equals no text.
 */
export function constantTimeEqual(one: string | Uint8Array, other: string | Uint8Array): boolean {
  const octets = octetsOf(one);
  const others = octetsOf(other);
  if (octets === undefined || others === undefined || octets.length !== others.length) return false;
  return timingSafeEqual(octets, others);
}

function octetsOf(secret: string | Uint8Array): Uint8Array | undefined {
  if (typeof secret !== 'string') return secret;
  return secret.isWellFormed() ? encoder.encode(secret) : undefined;
}
