import { createContext, runInContext } from 'node:vm';

/** What a runtime of the web has beside the language (WinterTC Minimum Common API). */
const WEB_GLOBALS = [
  ...['AbortController', 'AbortSignal', 'Blob', 'ByteLengthQueuingStrategy', 'CompressionStream'],
  ...['CountQueuingStrategy', 'CryptoKey', 'DOMException', 'DecompressionStream', 'Event'],
  ...['EventTarget', 'File', 'FormData', 'Headers', 'ReadableStream', 'Request', 'Response'],
  ...['ReadableStreamDefaultController', 'ReadableStreamDefaultReader', 'SubtleCrypto'],
  ...['TextDecoder', 'TextEncoder', 'TransformStream', 'URL', 'URLSearchParams'],
  ...['WritableStream', 'WritableStreamDefaultWriter', 'atob', 'btoa', 'clearInterval'],
  ...['clearTimeout', 'console', 'crypto', 'fetch', 'performance', 'queueMicrotask'],
  ...['setInterval', 'setTimeout', 'structuredClone'],
  // A context has its own of these, and the streams above would give others.
  ...['ArrayBuffer', 'DataView', 'TypeError', 'Uint8Array'],
];

/** A context of its own, in which there is the language, the web's globals, and nothing of Node. */
export class BareContext {
  readonly #context: object;

  constructor() {
    const globals: [string, unknown][] = WEB_GLOBALS.map((name) => [
      name,
      Reflect.get(globalThis, name),
    ]);
    this.#context = createContext(Object.fromEntries(globals));
  }

  /** Runs a script, and gives what its last expression is. */
  run(script: string): unknown {
    return runInContext(script, this.#context);
  }
}
