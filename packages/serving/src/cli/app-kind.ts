import { GATEWAY_APP, type GatewayApp } from '@werkstatt/core/protocol';

/** What a value is, and its name for a message, such as `an Express application`. */
export type Found =
  | { kind: 'gateway'; name: string; app: GatewayApp }
  /** An application of a kind that this version does not serve. */
  | { kind: 'other'; name: string }
  /** No application. */
  | { kind: 'none'; name: string };

/**
 * Finds out what kind of application a value is: by the mark that ours carry, then by the looks of
 * the known frameworks, then, for plain functions, by their number of parameters.
 */
export function appKind(value: unknown): Found {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    return { kind: 'none', name: value == null ? String(value) : `a ${typeof value}` };
  }
  if (typeof value === 'function' && GATEWAY_APP in value) {
    return gateway(value);
  }
  const framework = frameworkOf(value as Record<string, unknown>);
  if (framework !== undefined) return { kind: 'other', name: framework };
  if (typeof value === 'function') return functionKind(value);
  return { kind: 'none', name: Array.isArray(value) ? 'an array' : 'an object' };
}

function functionKind(value: { length: number }): Found {
  if (/^class\b/.test(Function.prototype.toString.call(value))) {
    return { kind: 'none', name: 'a class' };
  }
  switch (value.length) {
    case 0:
    case 1:
      return { kind: 'other', name: 'a fetch handler (a function of one parameter)' };
    case 2:
      return gateway(value);
    default:
      return { kind: 'other', name: `a function of ${value.length} parameters` };
  }
}

/** Names a framework's instance by the methods that only it has. */
function frameworkOf(value: Record<string, unknown>): string | undefined {
  const has = (...names: string[]): boolean =>
    names.every((name) => typeof value[name] === 'function');
  if (has('fetch')) return has('get', 'route', 'use') ? 'a Hono application' : 'a fetch handler';
  if (has('inject', 'register', 'decorate')) return 'a Fastify application';
  if (has('callback', 'use', 'createContext')) return 'a Koa application';
  if (has('handle', 'use', 'set', 'engine')) return 'an Express application';
  if (has('use', 'handler', 'parse')) return 'a Polka application';
  if (has('listen', 'getConnections', 'setTimeout')) return 'an http.Server';
  return undefined;
}

function gateway(value: unknown): Found {
  return { kind: 'gateway', name: 'a gateway application', app: value as GatewayApp };
}
