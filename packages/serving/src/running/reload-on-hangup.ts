import { isatty } from 'node:tty';

/** What SIGHUP does to a server. */
export interface Reloadable {
  reloadCertificates(): boolean;
}

/** The file descriptor of standard error, where a server that a person started prints. */
const TERMINAL = 2;

/**
 * Has a server read its certificates again on SIGHUP, as `certbot` and its like ask for after a
 * renewal. The same signal says that a terminal was closed: a server that was started on it ends.
 *
 * @param end ends the server as SIGTERM does.
 * @returns takes the handler away.
 */
export function reloadOnHangup(
  server: Reloadable,
  reloaded: () => void,
  end: () => void,
): () => void {
  const interactive = isatty(TERMINAL);
  const hangUp = (): void => {
    if (interactive && !isatty(TERMINAL)) end();
    else if (server.reloadCertificates()) reloaded();
  };
  process.on('SIGHUP', hangUp);
  return () => void process.off('SIGHUP', hangUp);
}
