import { MIMEAccept } from '../datastructures/mime-accept.ts';
import type { HeaderField } from '../protocol.ts';

/** The forms in which an error can be told; the first is for clients that have no preference. */
export type ErrorForm = 'html' | 'problem' | 'text';

const HTML = 'text/html; charset=utf-8';

const FORMS: ReadonlyMap<string, ErrorForm> = new Map([
  ['text/html', 'html'],
  ['application/problem+json', 'problem'],
  ['application/json', 'problem'],
  ['text/plain', 'text'],
]);

const CONTENT_TYPES: Readonly<Record<ErrorForm, string>> = {
  html: HTML,
  problem: 'application/problem+json',
  text: 'text/plain; charset=utf-8',
};

const CONTROLS = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/g;

/** The form that a client likes best; HTML when it likes none of them. */
export function chooseForm(accept: string | undefined): ErrorForm {
  if (!accept) return 'html';
  const best = MIMEAccept.fromHeader(accept).bestMatch(FORMS.keys(), 'text/html');
  return FORMS.get(best) ?? 'html';
}

/** Whether fields are those of the generated page, and not of a body that a subclass makes. */
export function isGeneratedPage(fields: readonly HeaderField[]): boolean {
  return fields.some(([name, value]) => isContentType(name) && value === HTML);
}

/** The fields of the generated page for a body of another form. */
export function fieldsOfForm(fields: readonly HeaderField[], form: ErrorForm): HeaderField[] {
  const changed = fields.map(
    (field): HeaderField => (isContentType(field[0]) ? [field[0], CONTENT_TYPES[form]] : field),
  );
  // A browser that is shown data must not guess that it is a page.
  if (form !== 'html') changed.push(['X-Content-Type-Options', 'nosniff']);
  return [...changed, ['Vary', 'Accept']];
}

/** Text for a terminal: line feeds stay, no other control character does. */
export function withoutControls(text: string): string {
  return text.replace(CONTROLS, '\ufffd');
}

function isContentType(name: string): boolean {
  return name.toLowerCase() === 'content-type';
}
