import { describe, expect, it } from 'vitest';
import { UnknownStatusError } from '../errors/unknown-status-error.ts';
import type { GatewayApp } from '../protocol.ts';
import { abort } from './abort.ts';
import { Aborter } from './aborter.ts';
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

describe('Aborter', () => {
  class PaymentRequired extends HTTPException {
    static override readonly code: number = 402;
  }

  it('knows more classes, and others, than abort does', () => {
    const aborter = new Aborter({ extra: [[402, PaymentRequired]] });
    expect(thrownBy(() => aborter.abort(402, 'Pay.'))).toBeInstanceOf(PaymentRequired);
    expect(() => aborter.abort(404)).toThrow(NotFound);
    expect(() => abort(402)).toThrow(UnknownStatusError);
    const mine = new Aborter({ extra: [[404, PaymentRequired]] });
    expect(() => mine.abort(404)).toThrow(PaymentRequired);
  });

  it('knows only the classes of its own mapping', () => {
    const aborter = new Aborter({ mapping: [[402, PaymentRequired]] });
    expect(() => aborter.abort(404)).toThrow(UnknownStatusError);
    expect(() => aborter.abort(() => [])).toThrow(HTTPException);
  });

  it('tells TypeScript that nothing after it runs', () => {
    const aborter: Aborter = new Aborter();
    const find = (name?: string): string => {
      if (name === undefined) aborter.abort(404);
      return name;
    };
    expect(find('a')).toBe('a');
    expect(() => find()).toThrow(NotFound);
  });
});
