import { inspect } from 'node:util';
import { type Body, type Environ, GATEWAY_APP, type StartResponse } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { serve } from '../testing/environ.ts';
import { CallableApp } from './callable-app.ts';

class Greeting extends CallableApp {
  readonly #text: string;
  override readonly name: string = 'greeting';

  constructor(text: string) {
    super();
    this.#text = text;
  }

  override handle(_environ: Environ, startResponse: StartResponse): Body {
    startResponse('200 OK', []);
    return [new TextEncoder().encode(this.#text)];
  }
}

class Loud extends Greeting {
  readonly #mark = '!';

  override handle(environ: Environ, startResponse: StartResponse): Body {
    return [...(super.handle(environ, startResponse) as Uint8Array[]), Buffer.from(this.#mark)];
  }
}

describe('CallableApp', () => {
  it('makes instances that are applications', async () => {
    const app = new Greeting('Hello');
    expect(typeof app).toBe('function');
    expect((await serve(app)).text).toBe('Hello');
  });

  it('keeps private names, fields and overridden methods in subclasses', async () => {
    const app = new Loud('Hello');
    expect((await serve(app)).text).toBe('Hello!');
    expect(app.name).toBe('greeting');
  });

  it('answers instanceof for its classes and for Function', () => {
    const app = new Loud('Hello');
    expect(app).toBeInstanceOf(Loud);
    expect(app).toBeInstanceOf(Greeting);
    expect(app).toBeInstanceOf(CallableApp);
    expect(app).toBeInstanceOf(Function);
    expect(new Greeting('')).not.toBeInstanceOf(Loud);
  });

  it('keeps calling its own handle() when it is bound, called or stored', async () => {
    const app = new Greeting('Hello');
    expect((await serve(app.bind(undefined))).text).toBe('Hello');
    const [first] = [app];
    expect((await serve(first!)).text).toBe('Hello');
  });

  it('is marked as an application, and its class is not', () => {
    expect(GATEWAY_APP in new Greeting('')).toBe(true);
    expect(GATEWAY_APP in Greeting).toBe(false);
  });

  it('describes itself to console.log, String() and JSON', () => {
    const app = new Greeting('Hello');
    expect(inspect(app)).toBe('[Greeting]');
    expect(`${app}`).toBe('[Greeting]');
    expect(JSON.stringify({ app })).toBe('{"app":"[Greeting]"}');
  });
});
