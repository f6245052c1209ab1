/** A request to both servers. `{etag}` in it is the entity tag that the server gave before. */
export interface FileRequest {
  readonly name: string;
  /** Default: `/ten.txt`, the ten digits. */
  readonly path?: string;
  /** What curl is told. */
  readonly options: readonly string[];
}

/** When the files were changed, as nginx and `Last-Modified` have it. */
export const MODIFIED = 'Thu, 02 Jan 2020 03:04:05 GMT';
const EARLIER = 'Thu, 02 Jan 2020 03:04:04 GMT';
const LATER = 'Thu, 02 Jan 2020 03:04:06 GMT';

const range = (value: string, ...options: string[]): FileRequest => ({
  name: ['Range:', value, ...options].join(' '),
  options: ['-H', `Range: ${value}`, ...options],
});

const fields = (...values: string[]): FileRequest => ({
  name: values.join(', '),
  options: values.flatMap((value) => ['-H', value]),
});

const many = (count: number): string =>
  `bytes=${Array.from({ length: count }, (_, index) => `${2 * index}-${2 * index}`).join(',')}`;

/** What both servers answer in the same way. */
export const SAME: readonly FileRequest[] = [
  { name: 'a file', options: [] },
  { name: 'a large file', path: '/large.bin', options: [] },
  { name: 'an empty file', path: '/empty.txt', options: [] },
  { name: 'HEAD', options: ['--head'] },
  { name: 'a file that is not there', path: '/missing.txt', options: [] },

  { name: 'curl -r 2-5', options: ['-r', '2-5'] },
  { name: 'curl -r 5-', options: ['-r', '5-'] },
  { name: 'curl -r -3', options: ['-r', '-3'] },
  { name: 'curl -r 0-1,4-5', options: ['-r', '0-1,4-5'] },
  { name: 'curl -C 4', options: ['-C', '4'] },
  { name: 'curl -z earlier', options: ['-z', EARLIER] },
  { name: 'curl -z the time of change', options: ['-z', MODIFIED] },
  { name: 'curl -z -later', options: ['-z', `-${LATER}`] },
  { name: 'curl -z -earlier', options: ['-z', `-${EARLIER}`] },

  range('bytes=0-0'),
  range('bytes=0-'),
  range('bytes=9-9'),
  range('bytes=3-99'),
  range('bytes=-1'),
  range('bytes=-10'),
  range('bytes=-99'),
  range('BYTES=2-3'),
  range('bytes= 2 - 3'),
  range('bytes=0-4', '--head'),
  { ...range('bytes=100000-200000'), path: '/large.bin', name: 'a range over several reads' },
  { ...range('bytes=-70000'), path: '/large.bin', name: 'a long suffix' },
  { ...range('bytes=0-'), path: '/empty.txt', name: 'a range of an empty file' },
  { ...range('bytes=-1'), path: '/empty.txt', name: 'a suffix of an empty file' },

  range('bytes=10-'),
  range('bytes=10-20'),
  range('bytes=-0'),
  range('bytes=5-4'),
  range('bytes=x'),
  range('bytes=1-2-3'),
  range('bytes=+1-2'),
  range('bytes=0x1-0x2'),
  range('bytes=-'),
  range('bytes=20-30,40-50'),
  range('lines=0-1'),
  range('bytes'),
  range('bytes:0-1'),

  range('bytes=0-0,9-9'),
  range('bytes=8-9,0-1'),
  range('bytes=0-1,1-2'),
  range('bytes=0-1,5-6,20-'),
  range('bytes=0-1,50-'),
  range('bytes=0-0,-1'),
  range('bytes=0-,0-'),
  range('bytes=0-5,0-5'),
  range('bytes=0-0,x'),
  range('bytes=0-0, 2-2 , 4-4'),
  { ...range('bytes=0-99999,-100000,5-5'), path: '/large.bin', name: 'long ranges' },
  { ...range(many(64)), path: '/large.bin', name: '64 ranges' },
  { ...range(`bytes=${'0-,'.repeat(500)}0-`), path: '/large.bin', name: '501 times everything' },

  fields('If-None-Match: {etag}'),
  fields('If-None-Match: W/{etag}'),
  fields('If-None-Match: "x", {etag}'),
  fields('If-None-Match: "x"'),
  fields('If-None-Match: *'),
  fields('If-None-Match: {etag}', 'Range: bytes=0-1'),
  fields('If-None-Match: "x"', 'Range: bytes=0-1'),
  fields('If-None-Match: "x"', `If-Modified-Since: ${LATER}`),

  fields(`If-Modified-Since: ${EARLIER}`),
  fields(`If-Modified-Since: ${MODIFIED}`),
  fields('If-Modified-Since: Thursday, 02-Jan-20 03:04:05 GMT'),
  fields('If-Modified-Since: yesterday'),
  fields(`If-Modified-Since: ${MODIFIED}`, 'Range: bytes=0-1'),

  fields('If-Match: {etag}'),
  fields('If-Match: "x", {etag}'),
  fields('If-Match: *'),
  fields('If-Match: "x"'),
  fields('If-Match: W/{etag}'),
  fields('If-Match: {etag}', 'If-None-Match: {etag}'),
  fields('If-Match: "x"', 'If-None-Match: {etag}'),
  fields('If-Match: "x"', 'Range: bytes=20-'),
  fields('If-Match: {etag}', 'Range: bytes=2-3'),

  fields(`If-Unmodified-Since: ${EARLIER}`),
  fields(`If-Unmodified-Since: ${MODIFIED}`),
  fields(`If-Unmodified-Since: ${LATER}`),

  fields('If-Range: {etag}', 'Range: bytes=0-1'),
  fields('If-Range: "x"', 'Range: bytes=0-1'),
  fields('If-Range: W/{etag}', 'Range: bytes=0-1'),
  fields(`If-Range: ${MODIFIED}`, 'Range: bytes=0-1'),
  fields(`If-Range: ${EARLIER}`, 'Range: bytes=0-1'),
  fields(`If-Range: ${LATER}`, 'Range: bytes=0-1'),
  fields('If-Range: "x"', 'Range: bytes=20-'),
  fields('If-Range: {etag}'),

  { ...fields('Accept-Encoding: gzip'), path: '/page.html', name: 'an encoded copy' },
  { ...fields('Accept-Encoding: identity'), path: '/page.html', name: 'no encoded copy' },
  { ...fields('Accept-Encoding: gzip;q=0'), path: '/page.html', name: 'a refused copy' },
];

/** A request that the servers answer in different ways, on purpose. */
export interface Difference extends FileRequest {
  /** Why ours is as it is. */
  readonly reason: string;
  readonly status: { readonly nginx: number; readonly ours: number };
}

/** What the servers answer with different status codes. */
export const DIFFERENT: readonly Difference[] = [
  {
    ...range('bytes=0-99999999999999999999'),
    reason: 'an end past that of the file is its end, however large (RFC 9110 section 14.1.2)',
    status: { nginx: 416, ours: 206 },
  },
  {
    ...range('bytes='),
    reason: 'no range at all is malformed as any other (RFC 9110 section 14.2 allows both)',
    status: { nginx: 200, ours: 416 },
  },
  {
    ...range(many(65)),
    path: '/large.bin',
    name: '65 ranges',
    reason: 'a request for many small ranges gets the whole (RFC 9110 section 14.2)',
    status: { nginx: 206, ours: 200 },
  },
  {
    ...fields('Accept-Encoding: gzip', 'Range: bytes=3-9'),
    path: '/page.html',
    name: 'a range of an encoded copy',
    reason: 'ranges are of the representation, which is the copy (RFC 9110 section 14)',
    status: { nginx: 200, ours: 206 },
  },
];
