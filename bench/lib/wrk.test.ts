import { describe, expect, it } from 'vitest';
import { parseWrk } from './wrk.ts';

const report = `Running 1s test @ http://127.0.0.1:9101/
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     0.88ms  210.11us   9.28ms   96.05%
    Req/Sec    72.97k     3.61k   76.44k    90.91%
  79881 requests in 1.10s, 12.80MB read
Requests/sec:  72621.41
Transfer/sec:     11.64MB
`;

describe('parseWrk', () => {
  it('reads the count and the rate', () => {
    expect(parseWrk(report)).toEqual({
      requests: 79881,
      requestsPerSecond: 72621.41,
      badStatus: 0,
      socketErrors: undefined,
    });
  });

  it('sees responses with a bad status and broken connections', () => {
    const bad = report.replace(
      'Requests/sec:',
      '  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 17\nRequests/sec:',
    );
    expect(parseWrk(bad)).toMatchObject({
      badStatus: 17,
      socketErrors: 'connect 1, read 2, write 3, timeout 4',
    });
  });

  it('refuses a report without figures', () => {
    expect(() => parseWrk('unable to connect to 127.0.0.1:1\n')).toThrow('unable to connect');
  });
});
