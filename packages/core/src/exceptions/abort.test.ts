import { describe, expect, it } from 'vitest';
import { UnknownStatusError } from '../errors/unknown-status-error.ts';
import type { GatewayApp } from '../protocol.ts';
import { abort } from './abort.ts';
import { HTTPException } from './http-exception.ts';
import type { TooManyRequests } from './request-limits.ts';
import { ImATeapot, NotFound } from './resource-errors.ts';

function thrownBy(run: () => never): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

describe('abort', () => {
  it('throws the exception that stands for the status', () => {
    expect(() => abort(404)).toThrow(NotFound);
    expect(thrownBy(() => abort(418, 'short'))).toMatchObject({ description: 'short' });
    expect(thrownBy(() => abort(418))).toBeInstanceOf(ImATeapot);
  });

  it('passes options on', () => {
    const error = thrownBy(() => abort(429, 'slow', { retryAfter: 5 }));
    expect((error as TooManyRequests).retryAfter).toBe(5);
  });

  it('throws an exception that carries a response', () => {
    const response: GatewayApp = () => [];
    const error = thrownBy(() => abort(response)) as HTTPException;
    expect(error).toBeInstanceOf(HTTPException);
    expect(error.asApp()).toBe(response);
  });

  it('says so when no class stands for the status', () => {
    expect(() => abort(200)).toThrow(UnknownStatusError);
    expect(() => abort('constructor' as never)).toThrow(/no exception class/);
    expect(thrownBy(() => abort(600))).toMatchObject({ code: 'WERKSTATT_ERR_UNKNOWN_STATUS' });
  });
});
