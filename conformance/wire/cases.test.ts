import { describe, expect, it } from 'vitest';
import { loadCases, validateCase, type WireCase } from './cases.ts';

const valid: WireCase = {
  name: 'n',
  group: 'g',
  level: 'must',
  why: 'w',
  steps: [{ send: 'x', repeat: 2 }, { wait: 5 }],
  accept: [
    { responses: [{ status: 200 }], close: true },
    { reject: [400], silent: true },
  ],
};

function refused(changes: object): string {
  try {
    validateCase({ ...valid, ...changes });
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
}

describe('validateCase', () => {
  it('accepts what it knows', () => {
    expect(refused({})).toBe('accepted');
  });

  it('refuses misspelt keys, which would let a case pass unseen', () => {
    expect(refused({ acept: [] })).toBe('unknown key acept in case');
    expect(refused({ steps: [{ send: 'x', repeats: 2 }] })).toBe(
      'unknown key repeats in step send',
    );
    expect(refused({ steps: [{ sent: 'x' }] })).toContain('step of unknown kind');
    expect(refused({ accept: [{ responses: [], closed: true }] })).toContain('unknown key closed');
    expect(refused({ accept: [{ rejects: 400 }] })).toContain('outcome of unknown kind');
    expect(refused({ accept: [{ responses: [{ statuss: 1 }] }] })).toContain('unknown key statuss');
    expect(refused({ background: { connections: 1, steps: [{ x: 1 }] } })).toContain(
      'unknown kind',
    );
  });

  it('refuses a case without a level or a reason', () => {
    expect(refused({ level: 'may' })).toContain('level');
    expect(refused({ why: undefined })).toBe('no why');
  });
});

describe('loadCases', () => {
  it('finds the cases that come with the checker, each with an own name', () => {
    const cases = loadCases();
    expect(cases.length).toBeGreaterThan(1_300);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });
});
