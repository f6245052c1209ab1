import { createServer } from 'node:http';
import { GATEWAY_APP } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { appKind } from './app-kind.ts';

const method = () => {};

describe('appKind', () => {
  it('knows gateway applications by their mark or their two parameters', () => {
    const marked = Object.assign((..._all: unknown[]) => [], { [GATEWAY_APP]: true });
    expect(appKind(marked)).toMatchObject({ kind: 'gateway', app: marked });
    const plain = (_environ: unknown, _startResponse: unknown) => [];
    expect(appKind(plain)).toMatchObject({ kind: 'gateway', name: 'a gateway application' });
  });

  it.each<[string, unknown]>([
    ['an Express application', Object.assign(() => {}, express())],
    ['a Koa application', { use: method, callback: method, createContext: method }],
    ['a Fastify application', { inject: method, register: method, decorate: method }],
    ['a Hono application', { fetch: method, get: method, route: method, use: method }],
    ['a Polka application', { use: method, handler: method, parse: method }],
    ['an http.Server', createServer()],
    ['a fetch handler', { fetch: method }],
    ['a fetch handler (a function of one parameter)', (_request: unknown) => null],
    ['a function of 3 parameters', (_req: unknown, _res: unknown, _next: unknown) => {}],
  ])('knows %s, which is served later', (name, value) => {
    expect(appKind(value)).toEqual({ kind: 'other', name });
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a string', 'app'],
    ['an array', []],
    ['an object', { app: method }],
    ['a class', class Handler {}],
  ])('takes %s for no application', (name, value) => {
    expect(appKind(value)).toEqual({ kind: 'none', name });
  });
});

function express(): object {
  return { handle: method, use: method, set: method, engine: method };
}
