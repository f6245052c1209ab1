/** What a server cost with a workload. Times are microseconds. */
export interface Measured {
  readonly name: string;
  readonly requestsPerSecond: number;
  readonly user: number;
  readonly system: number;
  /** node:http's CPU time per request divided by this one's, per round. */
  readonly cpuRatios: readonly number[];
  readonly throughputRatios: readonly number[];
  /** What the median of `cpuRatios` should be. */
  readonly target?: number | undefined;
}

/** A workload with everyone's figures, the reference first. */
export interface WorkloadResult {
  readonly id: string;
  readonly title: string;
  readonly measured: readonly Measured[];
}

/** What open connections cost a server: medians of rounds, each in a new process. */
export interface ConnectionsResult {
  readonly name: string;
  readonly connections: number;
  /** Resident memory for each connection that waits, in KiB. */
  readonly memory: number;
  /** Microseconds of CPU per request of 64 busy connections, without others. */
  readonly alone: number;
  /** The same while so many connections wait beside them. */
  readonly beside: number;
  /** The same when all of them are busy. */
  readonly busy: number;
}

/** What starting costs, in milliseconds: medians. */
export interface StartResult {
  readonly name: string;
  readonly cpu: number;
  /** Wall-clock time; none for imports. */
  readonly wall?: number | undefined;
  /** CPU time of the row beside which this one has its target, divided into this one's. */
  readonly ratio?: number | undefined;
  readonly target?: number | undefined;
}

/** One run of everything. */
export interface Results {
  /** A line each: processor, memory, system, Node, what of ours ran. */
  readonly machine: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly workloads: readonly WorkloadResult[];
  readonly connections: readonly ConnectionsResult[];
  readonly imports: readonly StartResult[];
  readonly starts: readonly StartResult[];
}
