import {
  type Body,
  type Environ,
  GATEWAY_APP,
  type GatewayApp,
  HTTPException,
  type StartResponse,
} from '@werkstatt/core';
import { HandlerResultError } from '../errors/wrapper-errors.ts';
import { describe } from '../values/describe.ts';
import { isThenable } from '../values/is-thenable.ts';
import { type EndingRequest, endWithBody, endWithError, holdsResources } from './end-request.ts';

/** What a handler returns: a `Response`, or any other application, or the promise of one. */
export type HandlerResult = GatewayApp | Promise<GatewayApp>;

/** A class of requests: it is made from an environ alone. */
export type RequestClass<R> = new (environ: Environ) => R;

/**
 * Makes an application of a handler, as a function around it or as the decorator of a method. The
 * handler gets a request of the class whose `application` this is.
 */
export interface ApplicationMaker {
  /**
   * As a decorator, `@Request.application`: the method becomes an application, and stays bound to
   * its instance wherever it is passed on. A decorator can't change what the type checker takes the
   * method for; `Request.application(instance.method)` gives it back with the type of an app.
   */
  <R, This, M extends (this: This, request: R) => HandlerResult>(
    this: RequestClass<R>,
    method: M,
    context: ClassMethodDecoratorContext<This, M>,
  ): M;
  /**
   * As a function: `const app = Request.application((request) => new Response('Hello!'))`. What is
   * an application already is returned as it is.
   */
  <R>(this: RequestClass<R>, handler: (request: R) => HandlerResult): GatewayApp;
}

/** The maker for one class of requests, whatever `this` it is called with. */
export function applicationMaker<R extends EndingRequest>(kind: RequestClass<R>): ApplicationMaker {
  const make = (handler: Handler<R>, context?: ClassMethodDecoratorContext): GatewayApp => {
    if (context) bindToInstance(context);
    return isMarked(handler) ? handler : wrap(kind, handler);
  };
  return make as ApplicationMaker;
}

type Handler<R> = (this: unknown, request: R) => unknown;

function wrap<R extends EndingRequest>(kind: RequestClass<R>, handler: Handler<R>): GatewayApp {
  // A synchronous handler is answered without a promise.
  function application(this: unknown, environ: Environ, startResponse: StartResponse) {
    let request: R | undefined;
    let result: unknown;
    try {
      request = new kind(environ);
      result = handler.call(this, request);
    } catch (error) {
      result = answerTo(error);
    }
    if (isThenable(result)) return respondLater(result, handler, request, environ, startResponse);
    return respond(result, handler, request, environ, startResponse);
  }
  return markAsApp(application);
}

async function respondLater(
  pending: PromiseLike<unknown>,
  handler: Handler<never>,
  request: EndingRequest | undefined,
  environ: Environ,
  startResponse: StartResponse,
): Promise<Body> {
  let result: unknown;
  try {
    result = await pending;
  } catch (error) {
    result = answerTo(error);
  }
  return respond(result, handler, request, environ, startResponse);
}

/** @param request `undefined` if it could not be made. */
function respond(
  result: unknown,
  handler: Handler<never>,
  request: EndingRequest | undefined,
  environ: Environ,
  startResponse: StartResponse,
): Body | Promise<Body> {
  let body: Body | Promise<Body>;
  try {
    if (!isApp(result)) throw noApp(handler, result);
    body = result(environ, startResponse);
  } catch (error) {
    if (request === undefined || !holdsResources(request)) throw error;
    return endWithError(request, error);
  }
  if (request === undefined) return body;
  return body instanceof Promise ? endLater(request, body) : endWithBody(request, body);
}

async function endLater(request: EndingRequest, pending: Promise<Body>): Promise<Body> {
  let body: Body;
  try {
    body = await pending;
  } catch (error) {
    return endWithError(request, error);
  }
  return endWithBody(request, body);
}

/** The answer that an HTTP exception is; every other error goes on to the server. */
function answerTo(error: unknown): GatewayApp {
  if (error instanceof HTTPException) return error.asApp();
  return () => {
    throw error;
  };
}

function noApp(handler: Handler<never>, result: unknown): HandlerResultError {
  const name = handler.name === '' ? 'The handler' : `The handler ${handler.name}()`;
  return new HandlerResultError(`${name} returned ${describe(result)}. ${advice(result)}`);
}

function advice(result: unknown): string {
  if (result === undefined || result === null) {
    return 'Return a Response, or another application, at the end of every path through it.';
  }
  if (typeof result === 'string') return 'Return new Response(text).';
  if (typeof result === 'object' && result.constructor?.name === 'Response') {
    return "This is the platform's Response; import { Response } from '@werkstatt/wrappers'.";
  }
  return 'Return a Response: new Response(text), or Response.json(value).';
}

/** Has the method of each instance, and of the class if it is static, keep its `this`. */
function bindToInstance(context: ClassMethodDecoratorContext): void {
  const { name } = context;
  if (context.private) return;
  context.addInitializer(function (this: unknown) {
    const owner = this as Record<PropertyKey, unknown>;
    const method = owner[name];
    // A subclass may have put a method of its own in its place, which is no application.
    if (!isMarked(method) || (Object.hasOwn(owner, name) && !context.static)) return;
    const value = markAsApp(method.bind(owner));
    Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  });
}

function markAsApp(app: GatewayApp): GatewayApp {
  return Object.defineProperty(app, GATEWAY_APP, { value: true });
}

function isMarked(value: unknown): value is GatewayApp {
  return isApp(value) && GATEWAY_APP in value;
}

function isApp(value: unknown): value is GatewayApp {
  return typeof value === 'function';
}
