import { alternate, type Contender } from '../lib/alternate.ts';
import type { CodeUnderTest } from '../lib/code-under-test.ts';
import { checkAnswer } from './check-answer.ts';
import { CONTESTANTS, start } from './contenders.ts';
import { LOAD_CORE, SERVER_CORE } from './cores.ts';
import type { WorkloadResult } from './results.ts';
import type { Workload } from './workloads.ts';

const CONNECTIONS = 64;

/** How much is measured. */
export interface Effort {
  readonly rounds: number;
  /** Whole seconds, each round of each contender. */
  readonly seconds: number;
}

/** Measures every workload with every server that has an answer to it, and tells each result. */
export async function runWorkloads(
  workloads: readonly Workload[],
  code: CodeUnderTest,
  { rounds, seconds }: Effort,
  tell: (result: WorkloadResult) => void,
): Promise<void> {
  const contenders: Contender[] = [];
  try {
    for (const contestant of CONTESTANTS) {
      contenders.push({
        name: contestant.name,
        server: await start(contestant, code, SERVER_CORE),
      });
    }
    for (const workload of workloads) {
      const able = contenders.filter(({ name }) => !workload.without?.includes(name));
      const check = async () => {
        for (const { name, server } of able) await checkAnswer(name, server.url, workload);
      };
      await check();
      const { script } = workload;
      const load = { seconds, connections: CONNECTIONS, script, core: LOAD_CORE };
      const summaries = await alternate(able.map(at(workload.path)), rounds, load);
      await check();
      const { id, title, targets } = workload;
      const measured = summaries.map((one) => ({ ...one, target: targets.get(one.name) }));
      tell({ id, title, measured });
    }
  } finally {
    await Promise.all(contenders.map(({ server }) => server.stop()));
  }
}

/** The same server, whose address is that of one path. */
function at(path: string): (contender: Contender) => Contender {
  return ({ name, server }) => ({ name, server: { ...server, url: server.url + path } });
}
