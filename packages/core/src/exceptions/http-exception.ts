import { escapeHtml } from '../http/escape-html.ts';
import type { GatewayApp, HeaderField } from '../protocol.ts';
import { GATEWAY_APP } from '../protocol.ts';
import { chooseForm, fieldsOfForm, isGeneratedPage, withoutControls } from './error-body.ts';
import type { ProblemDetails } from './problem-details.ts';
import { reasonPhrase } from './status-codes.ts';

/** On the prototype of every copy of `HTTPException`, whichever installation it comes from. */
const HTTP_EXCEPTION: unique symbol = Symbol.for('werkstatt.http-exception');

const encoder = new TextEncoder();

/** What every HTTP exception can be given beside its description. */
export interface HTTPExceptionOptions extends ErrorOptions {
  /** The answer to give instead of the generated page: any gateway app, such as a `Response`. */
  response?: GatewayApp | undefined;
}

/**
 * An error that is an answer. `Request.application` turns a thrown one into its response; other
 * frameworks read `status` or `statusCode`.
 *
 * A class of one's own needs no more than a status, and an error code if it is to be told apart
 * over two installations of a package:
 *
 * ```ts
 * class PaymentRequired extends HTTPException {
 *   static override readonly code: number = 402;
 *   static override readonly errorCode: string = 'MYSHOP_ERR_PAYMENT_REQUIRED';
 *   static override readonly description: string = 'This is not free.';
 * }
 * ```
 */
export class HTTPException extends Error {
  /** The status code of this class. */
  static readonly code: number = 500;
  /** The stable code of this class; a subclass that sets none is known by its prototype alone. */
  static readonly errorCode: string = 'WERKSTATT_ERR_HTTP';
  /** What a client is told when the exception is made without a description. */
  static readonly description: string = '';

  /** The status code. */
  readonly code: number;
  /** The stable code of the error, as `WERKSTATT_ERR_NOT_FOUND`. */
  readonly errorCode: string;
  readonly #response: GatewayApp | undefined;

  /**
   * @param description what the client is told; the class has a default.
   */
  constructor(description?: string, options: HTTPExceptionOptions = {}) {
    const kind = new.target;
    super(description ?? kind.description, options);
    this.code = statusOf(options.response) ?? kind.code;
    this.errorCode = kind.errorCode;
    this.#response = options.response;
  }

  /**
   * Whether `value` is an instance of this class, be it of another installed copy of the package:
   * there the class with the same own `errorCode` stands for this one.
   */
  static override [Symbol.hasInstance](this: typeof HTTPException, value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: the class on the right of `instanceof`
    return isInstance(this, value);
  }

  static {
    Object.defineProperty(HTTPException.prototype, HTTP_EXCEPTION, { value: true });
  }

  /** The name of the class. */
  override get name(): string {
    return this.constructor.name;
  }

  /** What the client is told: plain text, escaped in the page. It is the message as well. */
  get description(): string {
    return this.message;
  }

  /** The answer that replaces the generated page. */
  get response(): GatewayApp | undefined {
    return this.#response;
  }

  /** The status code, where Express and Koa look for it. */
  get status(): number {
    return this.code;
  }

  /** The status code, where Fastify looks for it. */
  get statusCode(): number {
    return this.code;
  }

  /** The reason phrase of the status code. */
  get reason(): string {
    return reasonPhrase(this.code);
  }

  /** The header fields of the generated page; a subclass adds to what `super.getHeaders()` gives. */
  getHeaders(): HeaderField[] {
    return [['Content-Type', 'text/html; charset=utf-8']];
  }

  /** The generated page: a short HTML document with the description, escaped. */
  getBody(): string {
    const title = escapeHtml(`${this.code} ${this.reason}`);
    const description = escapeHtml(this.description).replaceAll('\n', '<br>');
    return `<!doctype html>
<html lang=en>
<title>${title}</title>
<h1>${escapeHtml(this.reason)}</h1>
<p>${description}</p>
`;
  }

  /** The error as plain text: status, reason and description. */
  getText(): string {
    const description = this.description === '' ? '' : `\n${this.description}\n`;
    return withoutControls(`${this.code} ${this.reason}\n${description}`);
  }

  /** The error as data (RFC 9457); a subclass adds members to what `super.getProblem()` gives. */
  getProblem(): ProblemDetails {
    return {
      type: 'about:blank',
      title: this.reason,
      status: this.code,
      ...(this.description !== '' && { detail: this.description }),
      code: this.errorCode,
    };
  }

  /**
   * The answer as an application: the `response` that was given, else a generated body. It is the
   * page, or, as the client's `Accept` has it, `application/problem+json` or plain text. A subclass
   * whose `getHeaders()` states another content type is answered with its `getBody()` alone.
   */
  asApp(): GatewayApp {
    if (this.response) return this.response;
    const app: GatewayApp = (environ, startResponse) => {
      const [headers, text] = this.#answer(environ.HTTP_ACCEPT);
      const body = encoder.encode(text);
      startResponse(`${this.code} ${this.reason}`, [
        ...headers,
        ['Content-Length', String(body.length)],
      ]);
      return [body];
    };
    return Object.defineProperty(app, GATEWAY_APP, { value: true });
  }

  #answer(accept: string | undefined): [headers: HeaderField[], body: string] {
    const headers = this.getHeaders();
    if (!accept || !isGeneratedPage(headers)) return [headers, this.getBody()];
    const form = chooseForm(accept);
    const fields = fieldsOfForm(headers, form);
    if (form === 'problem') return [fields, `${JSON.stringify(this.getProblem())}\n`];
    return [fields, form === 'text' ? this.getText() : this.getBody()];
  }

  /** As `404 Not Found: …`. */
  override toString(): string {
    return `${this.code} ${this.reason}: ${this.description}`;
  }
}

/** The status of a response object; a plain application does not say its own. */
function statusOf(
  response: (GatewayApp & { statusCode?: unknown }) | undefined,
): number | undefined {
  return typeof response?.statusCode === 'number' ? response.statusCode : undefined;
}

function isInstance(kind: typeof HTTPException, value: unknown): boolean {
  if (Function.prototype[Symbol.hasInstance].call(kind, value)) return true;
  if (typeof value !== 'object' || value === null || !(HTTP_EXCEPTION in value)) return false;
  return Object.hasOwn(kind, 'errorCode') && hasKind(value, kind.errorCode);
}

/** Whether a class that `value` was made from has `errorCode` as its own. */
function hasKind(value: object, errorCode: string): boolean {
  for (let proto = Object.getPrototypeOf(value); proto; proto = Object.getPrototypeOf(proto)) {
    const kind = Object.hasOwn(proto, 'constructor') ? proto.constructor : undefined;
    if (typeof kind === 'function' && Object.hasOwn(kind, 'errorCode')) {
      if (kind.errorCode === errorCode) return true;
    }
  }
  return false;
}
