/**
 * The `Date` line of a response (RFC 9110 section 6.6.1), made anew once a second by whoever owns
 * the clock, not for each response.
 */
export function dateLine(now: number = Date.now()): string {
  return `Date: ${new Date(now).toUTCString()}\r\n`;
}
