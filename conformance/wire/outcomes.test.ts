import { describe, expect, it } from 'vitest';
import type { Outcome } from './cases.ts';
import { describeExchange, type Exchange, judge, outcomeMismatch } from './outcomes.ts';
import { ResponseParser } from './response-parser.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const OK_AND_CLOSE = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok';
const BAD = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n';
const CUT = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok';

/** What a client sees that receives these octets. */
function seen(octets: string, closed: Exchange['closed'] = null): Exchange {
  const parser = new ResponseParser([{ method: 'GET', version: '1.1' }]);
  parser.push(Buffer.from(octets, 'latin1'));
  if (closed !== null) parser.end();
  const { responses, interim, rest, malformed } = parser;
  return { connected: true, responses, interim, rest, malformed, closed };
}

describe('an outcome of complete responses', () => {
  const one: Outcome = { responses: [{ status: 200 }] };
  const two: Outcome = { responses: [{ status: 200 }, { status: 200 }] };

  it('holds when they came, and no other', () => {
    expect(outcomeMismatch(one, seen(OK))).toBeNull();
    expect(outcomeMismatch(two, seen(OK + OK))).toBeNull();
    expect(outcomeMismatch(one, seen(OK + OK))).toBe('2 responses');
    expect(outcomeMismatch(two, seen(OK))).toBe('response 2 of 2 missing');
    expect(outcomeMismatch(one, seen(''))).toBe('response 1 of 1 missing');
  });

  it('fails on another status', () => {
    expect(outcomeMismatch(one, seen(BAD))).toContain('status 400');
  });

  it('fails on octets after the last response', () => {
    expect(outcomeMismatch(one, seen(OK + CUT))).toContain('octets after the last response');
  });

  it('asks for a close, or for none, when it says so', () => {
    expect(outcomeMismatch({ ...one, close: true }, seen(OK))).toBe('connection left open');
    expect(outcomeMismatch({ ...one, close: true }, seen(OK, 'end'))).toBeNull();
    expect(outcomeMismatch({ ...one, close: false }, seen(OK, 'end'))).toBe('connection closed');
    expect(outcomeMismatch({ ...one, close: false }, seen(OK))).toBeNull();
  });

  it('with orClose, may end after a response that announced the close', () => {
    const outcome: Outcome = { ...two, orClose: true };
    expect(outcomeMismatch(outcome, seen(OK_AND_CLOSE, 'end'))).toBeNull();
    expect(outcomeMismatch(outcome, seen(OK_AND_CLOSE))).toContain('missing');
    expect(outcomeMismatch(outcome, seen(OK, 'end'))).toContain('missing');
    expect(outcomeMismatch(outcome, seen('', 'end'))).toContain('missing');
    expect(outcomeMismatch(outcome, seen(OK_AND_CLOSE + CUT, 'end'))).toContain('missing');
  });
});

describe('an outcome of a refusal', () => {
  const refused: Outcome = { reject: [400, '5xx'] };

  it('holds for one error response, then the close', () => {
    expect(outcomeMismatch(refused, seen(BAD, 'end'))).toBeNull();
    expect(outcomeMismatch(refused, seen(BAD.replace('400', '503'), 'end'))).toBeNull();
    expect(outcomeMismatch(refused, seen(BAD))).toContain('left open');
    expect(outcomeMismatch({ ...refused, mayStayOpen: true }, seen(BAD))).toBeNull();
  });

  it('fails when the request was served, or answered otherwise', () => {
    expect(outcomeMismatch(refused, seen(OK, 'end'))).toContain('status 200');
    expect(outcomeMismatch(refused, seen(BAD.replace('400', '404'), 'end'))).toContain('404');
  });

  it('fails on anything after the error response', () => {
    expect(outcomeMismatch(refused, seen(BAD + OK, 'end'))).toBe('1 more after the error response');
    expect(outcomeMismatch(refused, seen(BAD + CUT, 'end'))).toContain('octets after');
  });

  it('fails when nothing was said, unless silence is allowed', () => {
    expect(outcomeMismatch(refused, seen('', 'end'))).toBe('closed without the error response');
    expect(outcomeMismatch(refused, seen(''))).toBe('no error response');
    expect(outcomeMismatch({ ...refused, silent: true }, seen('', 'reset'))).toBeNull();
    expect(outcomeMismatch({ ...refused, silent: true }, seen(''))).toBe('no error response');
    expect(outcomeMismatch({ ...refused, silent: true }, seen(CUT, 'end'))).toContain('incomplete');
  });

  it('comes after the responses before it', () => {
    const later: Outcome = { before: [{ status: 200 }], reject: 400 };
    expect(outcomeMismatch(later, seen(OK + BAD, 'end'))).toBeNull();
    expect(outcomeMismatch(later, seen(BAD, 'end'))).toContain('response 1: status 400');
    expect(outcomeMismatch(later, seen(OK, 'end'))).toBe('closed without the error response');
  });
});

describe('an outcome of a response that breaks off', () => {
  const cut: Outcome = { truncated: true, status: 200 };

  it('holds when the cut can be seen', () => {
    expect(outcomeMismatch(cut, seen(CUT, 'end'))).toBeNull();
    expect(outcomeMismatch(cut, seen(CUT))).toBe('connection left open');
  });

  it('fails when the response looks complete, has another status or never began', () => {
    expect(outcomeMismatch(cut, seen(OK, 'end'))).toContain('as if it were complete');
    expect(outcomeMismatch(cut, seen(CUT.replace('200', '500'), 'end'))).toContain('status 500');
    expect(outcomeMismatch(cut, seen('', 'end'))).toBe('nothing was sent');
  });
});

describe('an outcome of silence', () => {
  it('is a close without an octet', () => {
    expect(outcomeMismatch({ silent: true }, seen('', 'end'))).toBeNull();
    expect(outcomeMismatch({ silent: true }, seen(''))).toBe('connection left open');
    expect(outcomeMismatch({ silent: true }, seen(BAD, 'end'))).toBe('answered');
    expect(outcomeMismatch({ silent: true }, seen('HTTP', 'end'))).toBe('answered');
  });

  it('is an open connection where the server has to wait', () => {
    expect(outcomeMismatch({ idle: true }, seen(''))).toBeNull();
    expect(outcomeMismatch({ idle: true }, seen('', 'end'))).toBe('connection closed');
    expect(outcomeMismatch({ idle: true }, seen(OK))).toBe('answered');
  });
});

describe('judge', () => {
  it('passes when one of the outcomes holds, and else tells why each does not', () => {
    const accept: Outcome[] = [{ reject: 400 }, { responses: [{ status: 200 }] }];
    expect(judge({ accept }, seen(OK))).toBeNull();
    expect(judge({ accept }, seen(''))).toBe('no error response | response 1 of 1 missing');
  });

  it('fails on malformed octets, whatever came before them', () => {
    const accept: Outcome[] = [{ responses: [{ status: 200 }] }];
    expect(judge({ accept }, seen(`${OK}HTTP/1.1 200\r\n`))).toContain('malformed response');
  });

  it('fails when a response shows what must never be served', () => {
    const accept: Outcome[] = [{ responses: [{}] }];
    expect(judge({ accept, never: ['secret', 'ok'] }, seen(OK))).toBe('response 1 shows "ok"');
    expect(judge({ accept, never: 'secret' }, seen(OK))).toBeNull();
  });

  it('leaves a case without outcomes to the check of survival', () => {
    expect(judge({}, seen('nonsense\r\n'))).toBeNull();
  });
});

describe('describeExchange', () => {
  it('tells responses, the rest and the end', () => {
    expect(describeExchange(seen(OK + CUT, 'end'))).toBe(
      '200 length:2, 40 octets of an incomplete response "HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nok"; end',
    );
    expect(describeExchange(seen(''))).toBe('nothing; open');
    expect(describeExchange({ ...seen(''), connected: false })).toBe('no connection');
  });
});
