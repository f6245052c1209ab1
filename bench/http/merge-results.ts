import type { Results } from './results.ts';
import { WORKLOADS } from './workloads.ts';

/**
 * Earlier results in which what was measured now takes the place of what was there, in the order of
 * the workloads. Ratios are those within a part, so that parts may come from different runs.
 */
export function mergeResults(earlier: Results | null, now: Results): Results {
  if (earlier === null) return now;
  const byId = new Map([...earlier.workloads, ...now.workloads].map((one) => [one.id, one]));
  return {
    ...now,
    workloads: WORKLOADS.flatMap(({ id }) => byId.get(id) ?? []),
    connections: now.connections.length > 0 ? now.connections : earlier.connections,
    imports: now.imports.length > 0 ? now.imports : earlier.imports,
    starts: now.starts.length > 0 ? now.starts : earlier.starts,
  };
}
