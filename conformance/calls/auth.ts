import { Authorization, WWWAuthenticate } from '@werkstatt/core';
import type { Calls } from './call.ts';
import { toRecord } from './encode.ts';
import { type Operation, type Operations, runOperations } from './operations.ts';

type Parameters = Readonly<Record<string, string | null>>;

const OPERATIONS: Operations<WWWAuthenticate> = {
  has: (auth, key: string) => auth.has(key),
  get: (auth, key: string) => auth.get(key),
  setItem: (auth, key: string, value: string | null) => void auth.set(key, value),
  delItem: (auth, key: string) => void auth.delete(key),
  toHeader: (auth) => auth.toHeader(),
};

function parts(auth: Authorization | WWWAuthenticate | null): unknown {
  if (auth === null) return null;
  const { type, parameters, token } = auth;
  return { type, parameters: toRecord(parameters), token };
}

/** The calls of `http-auth`. */
export const authCalls: Calls = {
  parseAuthorization: (header: string | null) => parts(Authorization.fromHeader(header)),
  authorizationToHeader: (type: string, parameters: Parameters | null, token?: string | null) =>
    new Authorization(type, parameters, token).toHeader(),
  authorizationGet(header: string, keys: readonly string[]) {
    const auth = Authorization.fromHeader(header);
    return toRecord(keys.map((key) => [key, auth?.get(key)]));
  },
  parseWwwAuthenticate: (header: string | null) => parts(WWWAuthenticate.fromHeader(header)),
  wwwAuthenticateToHeader: (type: string, parameters: Parameters | null, token?: string | null) =>
    new WWWAuthenticate(type, parameters, token).toHeader(),
  wwwAuthenticateOps(header: string, list: readonly Operation[]) {
    const auth = WWWAuthenticate.fromHeader(header)!;
    return { results: runOperations(auth, OPERATIONS, list), header: auth.toHeader() };
  },
};
