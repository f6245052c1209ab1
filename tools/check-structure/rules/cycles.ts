import type { Problem } from '../problem.ts';
import type { Package, Workspace } from '../workspace.ts';

/** No file imports itself by way of others. Types may: they are gone when modules are evaluated. */
export function checkCycles({ packages }: Workspace): Problem[] {
  return [...packages.values()].flatMap((pkg) => cyclesOf(pkg).map(cycleProblem));
}

function cyclesOf(pkg: Package): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push(trail.slice(start));
    if (start >= 0 || done.has(path)) return;
    trail.push(path);
    for (const { target, kind } of pkg.files.get(path)?.imports ?? []) {
      if (target !== null && kind !== 'type') visit(target);
    }
    trail.pop();
    done.add(path);
  };
  for (const path of pkg.files.keys()) visit(path);
  return cycles;
}

function cycleProblem(cycle: string[]): Problem {
  const names = [...cycle, cycle[0]].join(' -> ');
  return {
    file: cycle[0]!,
    message: `import cycle: ${names}; move what both need to a file of its own`,
  };
}
