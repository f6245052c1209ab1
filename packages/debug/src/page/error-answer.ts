import { createHash } from 'node:crypto';
import type { Environ, HeaderField, HeaderList } from '@werkstatt/core';
import { describeErrors } from '../error/describe-error.ts';
import { htmlPage } from './html-page.ts';
import { prefersHtml } from './prefers-html.ts';
import { STYLE } from './style.ts';
import { textPage } from './text-page.ts';

/** A whole answer about an error, and what goes to the log. */
export interface ErrorAnswer {
  status: string;
  headers: HeaderList;
  body: Uint8Array;
  /** `Error on request:` and the stack. */
  log: string;
}

const encoder = new TextEncoder();

/** Makes the page for whoever sent the request: HTML for a browser, text for anything else. */
export function errorAnswer(error: unknown, environ: Environ): ErrorAnswer {
  const errors = describeErrors(error);
  const text = textPage(errors);
  const asHtml = prefersHtml(environ.HTTP_ACCEPT);
  const request = `${environ.REQUEST_METHOD} ${environ.REQUEST_URI}`;
  const body = encoder.encode(asHtml ? htmlPage(errors, request) : text);
  const length: HeaderField = ['Content-Length', String(body.byteLength)];
  return {
    status: '500 Internal Server Error',
    headers: [...(asHtml ? htmlHeaders() : TEXT_HEADERS), length],
    body,
    log: `Error on request:\n${text}`,
  };
}

const COMMON_HEADERS: HeaderList = [
  ['Cache-Control', 'no-store'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
];

const TEXT_HEADERS: HeaderList = [
  ['Content-Type', 'text/plain; charset=utf-8'],
  ...COMMON_HEADERS,
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
];

/** The page runs no script and loads nothing: even escaping gone wrong could do no more. */
function htmlHeaders(): HeaderList {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return [
    ['Content-Type', 'text/html; charset=utf-8'],
    ...COMMON_HEADERS,
    ['Content-Security-Policy', policy.join('; ')],
  ];
}
