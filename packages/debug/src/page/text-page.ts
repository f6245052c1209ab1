import type { ErrorDescription, Relation } from '../error/describe-error.ts';

const HEADINGS: Readonly<Record<Relation, string>> = {
  thrown: '',
  cause: 'Caused by: ',
  member: 'One of its errors: ',
};

/** The stack of an error and of its causes as plain text, as a terminal or a log shows it. */
export function textPage(errors: readonly ErrorDescription[]): string {
  return errors.map(textOf).join('');
}

function textOf({ relation, className, message, frames }: ErrorDescription): string {
  // Indented, so that no line of a message passes for one of the stack or of a log.
  const indented = message.replaceAll('\n', '\n    | ');
  const head = `${HEADINGS[relation]}${className}${indented === '' ? '' : `: ${indented}`}\n`;
  return head + frames.map((frame) => `    ${frame.text}\n`).join('');
}
