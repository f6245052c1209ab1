import { describe, expect, it } from 'vitest';
import { Request } from '../request/request.ts';
import { testEnviron } from '../testing/environ.ts';
import { lastEventId } from './last-event-id.ts';

const idOf = (value?: string) =>
  lastEventId(
    new Request(testEnviron(value === undefined ? {} : { headers: { 'Last-Event-ID': value } })),
  );

describe('lastEventId', () => {
  it('is what the client says it had last', () => {
    expect(idOf('42')).toBe('42');
  });

  it('is found in an environ as well', () => {
    expect(lastEventId(testEnviron({ headers: { 'Last-Event-ID': '42' } }))).toBe('42');
  });

  it('is undefined at a first request', () => {
    expect(idOf()).toBeUndefined();
    expect(idOf('')).toBeUndefined();
  });

  it('is read as UTF-8, which is how browsers send it', () => {
    expect(idOf('M\u00c3\u00bcller')).toBe('Müller');
    expect(idOf('\u00ff')).toBe('\ufffd');
  });
});
