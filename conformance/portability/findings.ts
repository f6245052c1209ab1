/** What every check has to find, by its name. */
export const FINDINGS: Readonly<Record<string, unknown>> = {
  url: {
    method: 'GET',
    url: 'https://x.example/a%20b?c=ä',
    path: '/a b',
    c: 'ä',
    scheme: 'https',
  },
  multipartForm: {
    name: 'Jürgen Müller',
    one: ['ä "1".txt', 'text/x', 'Grüße'],
    large: [
      ['large.bin', 2_000_000],
      ['empty', 0],
    ],
  },
  urlencodedForm: { a: 'ä&', b: '' },
  json: { direct: { a: ['ä'] }, platform: { a: ['ä'] } },
  response: { status: 201, a: '1', length: '10', json: { a: 'ä' } },
  stream: 'abc',
  application: ['299 Unknown', 'Hello Ada!'],
  compressed: true,
  errors: 400,
  etag: [43, true],
  globals: [],
};
