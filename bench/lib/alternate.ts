import { type CpuTime, cpuTime } from './cpu-time.ts';
import type { ServerProcess } from './server-process.ts';
import { median } from './statistics.ts';
import { type WrkOptions, type WrkResult, wrk } from './wrk.ts';

/** A server that takes part; the first contender of a comparison is the reference. */
export interface Contender {
  name: string;
  server: ServerProcess;
}

/** One round of one contender. CPU times are microseconds per request. */
export interface Round {
  requestsPerSecond: number;
  user: number;
  system: number;
}

/** A contender's medians; the ratios are medians of the ratios within each round. */
export interface Summary {
  name: string;
  requestsPerSecond: number;
  user: number;
  system: number;
  /** The reference's CPU time per request divided by this one's, per round. */
  cpuRatios: readonly number[];
  /** This one's throughput divided by the reference's, per round. */
  throughputRatios: readonly number[];
}

/** How often a round is made again in which a busy machine left no time for a single answer. */
const MORE_CHANCES = 3;

/**
 * Loads the contenders in turn, `rounds` times after one warming round, every other round in
 * reverse, so that what else the machine does meets all of them alike.
 *
 * @throws Error when wrk saw a wrong status or a broken connection: such figures mean nothing.
 */
export async function alternate(
  contenders: readonly Contender[],
  rounds: number,
  load: WrkOptions,
): Promise<Summary[]> {
  const measured = new Map<Contender, Round[]>(contenders.map((each) => [each, []]));
  for (const contender of contenders) await oneRound(contender, load);
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? contenders : contenders.toReversed();
    for (const contender of order) {
      measured.get(contender)!.push(await oneRound(contender, load));
    }
  }
  const reference = measured.get(contenders[0]!)!;
  return contenders.map((each) => summarize(each.name, measured.get(each)!, reference));
}

async function oneRound({ name, server }: Contender, load: WrkOptions): Promise<Round> {
  for (let chance = 0; ; chance++) {
    const before = cpuTime(server.pid);
    const result = await wrk(server.url, load);
    if (server.hasEnded()) throw new Error(`${name} ended under the load.`);
    if (result.requests === 0 && chance < MORE_CHANCES) continue;
    return toRound(name, result, before, cpuTime(server.pid));
  }
}

/** Turns what was counted during a run into figures per request. */
export function toRound(name: string, result: WrkResult, before: CpuTime, after: CpuTime): Round {
  const { requests, badStatus, socketErrors } = result;
  if (requests === 0 || badStatus > 0 || socketErrors !== undefined) {
    throw new Error(
      `${name}: wrk saw ${requests} answers, ${badStatus} of them with a bad status, and ` +
        `${socketErrors ?? 'no'} socket errors; the figures would mean nothing.`,
    );
  }
  const perRequest = 1e6 / requests;
  return {
    requestsPerSecond: result.requestsPerSecond,
    user: (after.user - before.user) * perRequest,
    system: (after.system - before.system) * perRequest,
  };
}

/** Medians of a contender's rounds, and its ratios to the reference's rounds. */
export function summarize(
  name: string,
  rounds: readonly Round[],
  reference: readonly Round[],
): Summary {
  const cost = (round: Round) => round.user + round.system;
  return {
    name,
    requestsPerSecond: median(rounds.map((round) => round.requestsPerSecond)),
    user: median(rounds.map((round) => round.user)),
    system: median(rounds.map((round) => round.system)),
    cpuRatios: rounds.map((round, index) => cost(reference[index]!) / cost(round)),
    throughputRatios: rounds.map(
      (round, index) => round.requestsPerSecond / reference[index]!.requestsPerSecond,
    ),
  };
}
