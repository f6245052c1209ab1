import { expect, it } from 'vitest';
import { escapeHtml } from './escape-html.ts';

it('escapes for elements and for attributes in quotes', () => {
  expect(escapeHtml(`<a href="x" id='y'>&amp;</a>`)).toBe(
    '&lt;a href=&#34;x&#34; id=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;',
  );
});
