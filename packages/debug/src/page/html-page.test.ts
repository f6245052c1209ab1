import { describe, expect, it } from 'vitest';
import { describeErrors } from '../error/describe-error.ts';
import { htmlPage } from './html-page.ts';

const attack = `</pre></title><script>alert(1)</script><img src=x onerror=alert(2)>"'&`;

describe('htmlPage', () => {
  it('shows class, message, frames and the request', () => {
    const page = htmlPage(describeErrors(new RangeError('too far')), 'GET /boom');
    expect(page).toContain('<title>RangeError: too far</title>');
    expect(page).toContain('<h1>RangeError</h1>');
    expect(page).toContain('GET /boom');
    expect(page).toContain('html-page.test.ts:');
  });

  it('shows the causes below', () => {
    const error = new Error('outer', { cause: new SyntaxError('inner') });
    expect(htmlPage(describeErrors(error), 'GET /')).toContain(
      '<h2><small>Caused by</small>SyntaxError</h2>',
    );
  });

  it('escapes whatever comes from the error or the request', () => {
    const error = Object.assign(new Error(attack), {
      name: attack,
      stack: `${attack}: ${attack}\n    at ${attack} (${attack}:1:1)`,
      cause: attack,
    });
    const page = htmlPage(describeErrors(error), `GET /${attack}`);
    const ours = htmlPage(describeErrors(Object.assign(new Error(''), { cause: '' })), '');
    const tagsOf = (html: string) => new Set(html.match(/<\/?[a-z0-9]+/g));
    expect([...tagsOf(page)].filter((tag) => !tagsOf(ours).has(tag))).toEqual([]);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toMatch(/<[^>]*onerror/);
  });

  it('keeps the blank line at the beginning of a message', () => {
    expect(htmlPage(describeErrors(new Error('\nx')), '')).toContain('class="message">\n\nx</pre>');
  });

  it('says that what was thrown has no stack', () => {
    expect(htmlPage(describeErrors(null), '')).toContain('It has no stack.');
  });

  it('loads nothing from anywhere', () => {
    const page = htmlPage(describeErrors(new Error('x')), '');
    expect(page).not.toMatch(/(?:src|href)=(?!"data:)|url\(|@import|<script/);
  });
});
