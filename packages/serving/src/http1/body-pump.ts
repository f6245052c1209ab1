import type { Exchange } from './exchange.ts';
import { FLUSH_SIZE } from './output.ts';

/** A synchronous body may compute this long, in ms, before what it yielded leaves. */
const FLUSH_INTERVAL = 5;

/**
 * The most octets, but for a chunk, that a synchronous body collects before it flushes: what a client
 * that stops reading keeps in memory, beside what the kernel does.
 */
const MAX_FLUSH_SIZE = 262_144;

/**
 * Sends a synchronous body: chunks that come without waiting leave together, and the next one is
 * pulled only when the socket has room. While the client takes what it gets, more of them leave at a
 * time, for every write has its price.
 */
export function pumpIterable(exchange: Exchange, body: Iterable<Uint8Array>): void {
  const iterator = body[Symbol.iterator]();
  exchange.iterator = iterator;
  const { output } = exchange.connection;
  let flushSize = FLUSH_SIZE;

  function pump(): void {
    try {
      let flushed = performance.now();
      for (;;) {
        if (exchange.over) return;
        const result = iterator.next();
        if (result.done === true) break;
        exchange.send(result.value);
        if (exchange.withoutBody) return exchange.end();
        if (output.pending === 0) continue;
        const late = performance.now() - flushed > FLUSH_INTERVAL;
        if (output.pending < flushSize && !late) continue;
        output.flush();
        flushed = performance.now();
        if (flushSize < MAX_FLUSH_SIZE) flushSize *= 2;
        if (output.blocked) {
          exchange.connection.whenDrained(pump);
          return;
        }
      }
      exchange.iterator = null;
      exchange.end();
    } catch (error) {
      exchange.fail(error);
    }
  }
  pump();
}

/**
 * Sends an asynchronous body: what arrives in one loop turn leaves in one write, and the next chunk
 * is pulled only when the socket has room.
 */
export async function pumpAsyncIterable(
  exchange: Exchange,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { connection } = exchange;
  const { output } = connection;
  try {
    const iterator = body[Symbol.asyncIterator]();
    exchange.iterator = iterator;
    for (;;) {
      const result = await iterator.next();
      if (exchange.over) return;
      if (result.done === true) break;
      exchange.send(result.value);
      if (exchange.withoutBody) return exchange.end();
      if (output.pending >= FLUSH_SIZE) output.flush();
      else if (output.pending > 0) output.flushSoon();
      if (output.blocked) {
        await new Promise<void>((resolve) => connection.whenDrained(resolve));
        if (exchange.over) return;
      }
    }
    exchange.iterator = null;
    exchange.end();
  } catch (error) {
    exchange.fail(error);
  }
}
