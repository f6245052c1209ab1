/** What the cases call: functions that take the arguments of a case and give its result. */
export type Calls = Readonly<Record<string, Call>>;

/** Takes the arguments of a case; its result, or what that resolves to, is then encoded. */
export type Call = (...args: never[]) => unknown;

/** Calls of several kinds as one table, which has no prototype to fall into. */
export function callTable(...kinds: readonly Calls[]): ReadonlyMap<string, Call> {
  const table = new Map<string, Call>();
  for (const [name, call] of kinds.flatMap((kind) => Object.entries(kind))) {
    if (table.has(name)) throw new Error(`Two calls have the name ${name}.`);
    table.set(name, call);
  }
  return table;
}
