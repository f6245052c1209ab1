import type { HeaderList } from '@werkstatt/core';
import { accessFormatter } from '../../packages/serving/src/log/access-line.ts';
import type { Calls } from '../calls/call.ts';
import { environOf } from '../calls/request-spec.ts';

/** A request, as far as its line in the log goes. */
interface LoggedRequest {
  readonly method?: string;
  readonly target: string;
  readonly headers?: HeaderList;
  readonly remoteAddr?: string;
  readonly status?: number;
}

const format = accessFormatter('combined')!;

/** Calls of package serving. The line is the longest one, which says what all others do. */
export const logCalls: Calls = {
  accessLogLine(request: LoggedRequest) {
    const fields = new Map(request.headers?.map(([name, value]) => [name.toLowerCase(), value]));
    const { method = 'GET', target, headers } = request;
    return format({
      environ: environOf({ method, headers }),
      responseHeaders: [],
      remoteAddr: request.remoteAddr ?? '127.0.0.1',
      time: 0,
      method,
      target,
      protocol: 'HTTP/1.1',
      status: request.status ?? 200,
      bytes: 5,
      duration: 1,
      referrer: fields.get('referer'),
      userAgent: fields.get('user-agent'),
    });
  },
};
