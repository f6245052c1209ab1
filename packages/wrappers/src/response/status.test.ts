import { describe, expect, it } from 'vitest';
import { InvalidStatusError } from '../errors/wrapper-errors.ts';
import { Response } from './response.ts';
import { cleanStatus } from './status.ts';

describe('a status', () => {
  it('gets the phrase of its code', () => {
    expect(cleanStatus(404)).toEqual(['404 Not Found', 404]);
    expect(cleanStatus('404')).toEqual(['404 Not Found', 404]);
    expect(cleanStatus('200 ')).toEqual(['200 OK', 200]);
    expect(cleanStatus(799)).toEqual(['799 Unknown', 799]);
  });

  it('keeps a phrase of its own', () => {
    expect(cleanStatus('999 Custom Thing')).toEqual(['999 Custom Thing', 999]);
    expect(cleanStatus('wat')).toEqual(['0 wat', 0]);
  });

  it('is refused when it cannot be sent', () => {
    for (const status of ['', ' ', '200 OK\r\nX: y', '200 ☃', 0, 99, 1000, 200.5, Number.NaN]) {
      expect(() => cleanStatus(status)).toThrow(InvalidStatusError);
    }
  });

  it('and its code follow each other in a response', () => {
    const response = new Response();
    response.status = '418 Short and stout';
    expect(response.statusCode).toBe(418);
    response.statusCode = 201;
    expect(response.status).toBe('201 Created');
    expect(() => (response.status = '')).toThrow(InvalidStatusError);
    expect(response.status).toBe('201 Created');
  });
});
