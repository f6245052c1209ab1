/** What one of the requests says, as an application has to read it. */
export interface Expected {
  readonly userAgent: string;
  readonly acceptLanguage: string;
  readonly referer: string;
  readonly q: string;
  readonly page: string;
  readonly session: string;
}

/** How many requests there are; each says something else, so that no value can be kept. */
export const COUNT = 64;

/** A request as it goes over the wire, and what it says. */
export interface WireRequest {
  readonly text: string;
  readonly expected: Expected;
}

/** Requests of Chrome 138 on Windows with 16 header fields, two values in the query and 5 cookies. */
export function wireRequests(): WireRequest[] {
  return Array.from({ length: COUNT }, (_, index) => wireRequest(index));
}

function wireRequest(index: number): WireRequest {
  const expected: Expected = {
    userAgent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) ' +
      `Chrome/138.0.${index}.0 Safari/537.36`,
    acceptLanguage: 'de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7',
    referer: `https://www.example.org/shop/?q=lamp&page=${index}`,
    q: 'reading lamp',
    page: String(index + 1),
    session: `eyJ1aWQiOjQyLCJyb2xlIjoiYWRtaW4ifQ.aG5X3Q.4pZ1b0mC7dQk2Jf8Yx_${index}`,
  };
  const cookies = [
    '_ga=GA1.1.1893458713.1752049213',
    '_ga_9XK4TNVC1Q=GS2.1.s1752049213$o3$g1$t1752049380$j60$l0$h0',
    `session=${expected.session}`,
    'theme=dark',
    'csrftoken=9fQ2mXk0tVb7Lr1sN4cYwE8uHpZ6aJgD',
  ];
  const fields = [
    'Host: www.example.org',
    'Connection: keep-alive',
    'sec-ch-ua: "Not)A;Brand";v="8", "Chromium";v="138", "Google Chrome";v="138"',
    'sec-ch-ua-mobile: ?0',
    'sec-ch-ua-platform: "Windows"',
    'Upgrade-Insecure-Requests: 1',
    `User-Agent: ${expected.userAgent}`,
    'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
    'Sec-Fetch-Site: same-origin',
    'Sec-Fetch-Mode: navigate',
    'Sec-Fetch-User: ?1',
    'Sec-Fetch-Dest: document',
    `Referer: ${expected.referer}`,
    'Accept-Encoding: gzip, deflate, br, zstd',
    `Accept-Language: ${expected.acceptLanguage}`,
    `Cookie: ${cookies.join('; ')}`,
  ];
  const target = `/shop/?q=reading+lamp&page=${expected.page}`;
  return { text: `GET ${target} HTTP/1.1\r\n${fields.join('\r\n')}\r\n\r\n`, expected };
}
