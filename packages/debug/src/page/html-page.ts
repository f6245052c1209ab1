import { escapeHtml } from '@werkstatt/core';
import type { ErrorDescription, Relation } from '../error/describe-error.ts';
import type { StackFrame } from '../error/stack-frames.ts';
import { bounded, visible } from '../error/visible-text.ts';
import { STYLE } from './style.ts';

const HEADINGS: Readonly<Record<Relation, string>> = {
  thrown: 'Thrown',
  cause: 'Caused by',
  member: 'One of its errors',
};

const MAX_TITLE = 120;
const MAX_REQUEST = 500;

/**
 * The error page: readable without scripts, on a narrow screen and in the dark. Whatever comes from
 * the error or the request is escaped.
 *
 * @param request the method and target, as the first line shows them.
 */
export function htmlPage(errors: readonly ErrorDescription[], request: string): string {
  const [first, ...others] = errors as [ErrorDescription, ...ErrorDescription[]];
  const title = bounded(`${first.className}: ${first.message}`, MAX_TITLE);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="request">${escapeHtml(visible(bounded(request, MAX_REQUEST)))}</p>
<h1>${escapeHtml(first.className)}</h1>
${messageOf(first)}</header>
<main>
${stackOf(first)}${others.map(furtherError).join('')}</main>
<footer>
<p>Node ${escapeHtml(process.versions.node)}. This page is for development: it shows where the
code of the application lies.</p>
</footer>
</body>
</html>
`;
}

function furtherError(error: ErrorDescription): string {
  return `<section>
<h2><small>${HEADINGS[error.relation]}</small>${escapeHtml(error.className)}</h2>
${messageOf(error)}${stackOf(error)}</section>
`;
}

function messageOf({ message }: ErrorDescription): string {
  // The parser drops a line feed at the beginning of <pre>.
  return message === '' ? '' : `<pre class="message">\n${escapeHtml(message)}</pre>\n`;
}

function stackOf({ frames }: ErrorDescription): string {
  if (frames.length === 0) return '<p>It has no stack.</p>\n';
  return `<ol>\n${frames.map(frameOf).join('')}</ol>\n`;
}

function frameOf({ call, place, ofApplication }: StackFrame): string {
  const kind = ofApplication ? '' : ' class="other"';
  const what = escapeHtml(call === '' ? '(top level)' : call);
  return `<li${kind}><b>${what}</b><span>${escapeHtml(place)}</span></li>\n`;
}
