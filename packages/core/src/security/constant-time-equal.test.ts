import { expect, it } from 'vitest';
import { constantTimeEqual } from './constant-time-equal.ts';

it('constantTimeEqual compares texts and bytes', () => {
  expect(constantTimeEqual('snöw', 'snöw')).toBe(true);
  expect(constantTimeEqual('snöw', new TextEncoder().encode('snöw'))).toBe(true);
  expect(constantTimeEqual('', '')).toBe(true);
  expect(constantTimeEqual('snow', 'snov')).toBe(false);
  expect(constantTimeEqual('snow', 'sno')).toBe(false);
});

it('constantTimeEqual finds no text equal to one with a lone surrogate', () => {
  expect(constantTimeEqual('\ud800', '\udfff')).toBe(false);
  expect(constantTimeEqual('\ud800', '\ufffd')).toBe(false);
  expect(constantTimeEqual('\ud800', '\ud800')).toBe(false);
});
