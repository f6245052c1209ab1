/** Codes of OpenSSL's errors, of Node's own, and of certificates that can't be verified. */
const CODES =
  /^(?:ERR_(?:SSL|TLS|OSSL)_|EPROTO$|CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERROR_IN_C|INVALID_(?:CA|PURPOSE)$|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$)/;

/**
 * Whether an error is TLS's: a handshake that failed, a certificate that is not trusted, a key that
 * does not fit. One of the connection below (ECONNRESET, say) is not.
 */
export function isSslError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && CODES.test(code);
}
