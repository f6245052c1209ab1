/** The page's whole style. Its hash stands in the Content-Security-Policy; nothing is loaded. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --back: #fff; --front: #1c1e21; --faint: #636871; --line: #d9dce1;
  --strong: #a3182b; --tint: #fdf1f2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #17191c; --front: #e4e6ea; --faint: #989ea8; --line: #363a41;
    --strong: #ff8b98; --tint: #2b1d20;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 64rem; padding: 0 1rem 2rem;
  background: var(--back); color: var(--front);
  font: 1rem/1.5 system-ui, sans-serif;
}
h1, h2, p, pre, li { overflow-wrap: anywhere; }
header {
  margin: 0 -1rem 1.5rem; padding: 1rem;
  background: var(--tint); border-bottom: 1px solid var(--line);
}
h1 { margin: 0; color: var(--strong); font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 2rem 0 0; color: var(--strong); font-size: 1.125rem; }
h2 small { display: block; color: var(--faint); font-size: .875rem; font-weight: normal; }
.request { margin: 0 0 .25rem; color: var(--faint); font-size: .875rem; }
.message {
  margin: .5rem 0 0; max-height: 50vh; overflow-y: auto;
  font: 1rem/1.5 ui-monospace, monospace; white-space: pre-wrap;
}
ol { margin: 1rem 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
li {
  padding: .375rem 0; border-bottom: 1px solid var(--line);
  font: .875rem/1.4 ui-monospace, monospace;
}
li b, li span { display: block; }
li span { color: var(--faint); }
li.other b { color: var(--faint); font-weight: normal; }
footer { color: var(--faint); font-size: .875rem; }
`;
