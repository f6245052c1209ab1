import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { UserAgent } from './user-agent.ts';

it('UserAgent keeps the text, and a subclass makes something of it', () => {
  const agent = new UserAgent('curl/8.5.0');
  expect(agent.string).toBe('curl/8.5.0');
  expect(agent.browser).toBeNull();
  expect([agent.platform, agent.version, agent.language]).toEqual([null, null, null]);
  expect(String(agent)).toBe('curl/8.5.0');
  expect(new UserAgent(null).toHeader()).toBe('');

  class Parsed extends UserAgent {
    override get browser() {
      return this.string.split('/')[0]!;
    }
  }
  expect(new Parsed('curl/8.5.0').browser).toBe('curl');
});

it('UserAgent writes the text it was given', () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      expect(new UserAgent(text).toHeader()).toBe(text);
    }),
  );
});
