import type { Exchange } from './exchange.ts';
import type { ExchangeConnection } from './exchange-connection.ts';

/**
 * Calls `done` once the `close()` of a body has ended, or has taken longer than it may, which is
 * logged.
 */
export function afterClose(
  connection: ExchangeConnection,
  exchange: Exchange,
  closing: Promise<void>,
  done: () => void,
): void {
  const { host } = connection;
  const { closeTimeout } = host.timeouts;
  const timer = setTimeout(() => {
    const error = new Error(`A body's close() has not ended after ${closeTimeout} ms.`);
    host.failed(connection.client, error, exchange.environ);
    done();
  }, closeTimeout).unref();
  void closing.then(() => {
    clearTimeout(timer);
    done();
  });
}
