/** What a server holds while nobody talks to it, after garbage was collected. */
export interface Sample {
  /** Resident memory, in octets. */
  readonly memory: number;
  /** The heap in use, and what buffers take beside it, in octets. */
  readonly heap: number;
  readonly external: number;
  /** Sockets, timers and the like that are alive. */
  readonly handles: number;
  /** Listeners of the process and of the listening sockets. */
  readonly listeners: number;
  /** Open descriptors. */
  readonly files: number;
}

/** Requests that were made, by the kind of traffic. */
export type Counts = Map<string, number>;
