/**
 * Whether a client asks for HTML, as browsers do, rather than taking whatever comes.
 *
 * @param accept the value of `Accept` (RFC 9110 section 12.5.1).
 */
export function prefersHtml(accept: string | undefined): boolean {
  let html = 0;
  let plain = 0;
  for (const range of (accept ?? '').split(',')) {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (type === 'text/html') html = Math.max(html, qualityOf(parameters));
    if (type === 'text/plain') plain = Math.max(plain, qualityOf(parameters));
  }
  return html > 0 && html >= plain;
}

function qualityOf(parameters: readonly string[]): number {
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  if (weight === undefined) return 1;
  return Number(weight.slice('q='.length)) || 0;
}
