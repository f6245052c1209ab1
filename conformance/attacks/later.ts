/** Calls of packages that are not there yet, or not that far. */
const LATER_CALLS: ReadonlyMap<string, string> = new Map([
  ['routeMatch', 'routing'],
  ['routeBuild', 'routing'],
  ['mapConstruct', 'routing'],
  ['clientCookies', 'testing'],
  ['proxyFix', 'middleware'],
  ['dispatch', 'middleware'],
  ['debugRepr', 'debug'],
  ['debuggerPins', 'debug'],
  ['debuggerSecrets', 'debug'],
]);

/** Where a decision tells why a case of level `should` does not hold here, by the case's name. */
const DECIDED: ReadonlyMap<string, string> = new Map<string, string>([]);

/** The package that a call waits for; undefined when it is known, or nobody plans it. */
export function packageOf(call: string): string | undefined {
  return LATER_CALLS.get(call);
}

/** The decision that answers a case of level `should`. */
export function decisionOn(name: string): string | undefined {
  return DECIDED.get(name);
}
