/**
 * An error as data (RFC 9457 section 3.1): what `application/problem+json` holds. Members beyond
 * these are allowed.
 */
export interface ProblemDetails {
  /** A URI that names the kind of problem; `about:blank` for no more than the status says. */
  type: string;
  /** The kind of problem in few words: with `about:blank`, the reason phrase. */
  title: string;
  /** The status code. */
  status: number;
  /** What went wrong this time. */
  detail?: string;
  /** A URI of this very occurrence. */
  instance?: string;
  /** The stable code of the error, as `WERKSTATT_ERR_NOT_FOUND`. */
  code?: string;
  [member: string]: unknown;
}
