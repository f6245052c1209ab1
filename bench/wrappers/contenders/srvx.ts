import type { IncomingMessage } from 'node:http';
import { FastURL, NodeRequest, NodeResponse } from 'srvx/node';
import { BODY, byName, type Classes, held, TYPE } from '../contender.ts';
import { readAll } from './fetch-classes.ts';

/** What srvx gives Node. */
type Handed = ReturnType<InstanceType<typeof NodeResponse>['_toNodeResponse']>;

/** srvx's adapter for Node, whose classes are lazy; the body stays text until Node writes it. */
export const classes: Classes<IncomingMessage, Handed> = {
  hello: (message) => respond(new NodeRequest({ req: message })),
  read: (read) => (message) => {
    const request = new NodeRequest({ req: message });
    readAll(request, new FastURL(request.url).searchParams, read);
    return respond(request);
  },
  show: ({ status, headers, body }) => ({
    status,
    headers: byName(
      Array.from({ length: headers.length / 2 }, (_, index) => [
        headers[2 * index]!,
        headers[2 * index + 1]!,
      ]),
    ),
    body: String(body),
  }),
};

function respond(request: InstanceType<typeof NodeRequest>): Handed {
  const response = new NodeResponse(BODY, { headers: { 'content-type': TYPE } });
  held.request = request;
  held.response = response;
  return response._toNodeResponse();
}

/** The same, and the body is bytes, as ours is: text costs Node less, as it goes out with the head. */
export const bytesClasses: Classes<IncomingMessage, Handed> = {
  hello: (message) => withBytes(classes.hello(message) as Handed),
  read: (read) => {
    const answer = classes.read(read);
    return (message) => withBytes(answer(message) as Handed);
  },
  show: classes.show,
};

function withBytes(handed: Handed): Handed {
  handed.body = Buffer.from(handed.body as string);
  return handed;
}
