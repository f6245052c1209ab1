import { describe, expect, it } from 'vitest';
import { textPage } from './text-page.ts';

const frames = [{ text: 'at a (/b.ts:1:1)', call: 'a', place: '/b.ts:1:1', ofApplication: true }];

describe('textPage', () => {
  it('reads like a stack, with the causes after it', () => {
    expect(
      textPage([
        { relation: 'thrown', className: 'TypeError', message: 'outer', frames },
        { relation: 'cause', className: 'Error', message: '', frames: [] },
      ]),
    ).toBe('TypeError: outer\n    at a (/b.ts:1:1)\nCaused by: Error\n');
  });

  it('indents the further lines of a message, so that none passes for a line of a log', () => {
    const message = 'odd\n127.0.0.1 - - "GET /forged HTTP/1.1" 200';
    expect(textPage([{ relation: 'thrown', className: 'Error', message, frames: [] }])).toBe(
      'Error: odd\n    | 127.0.0.1 - - "GET /forged HTTP/1.1" 200\n',
    );
  });
});
