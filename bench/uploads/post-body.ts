import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Body, CONTENT_TYPE } from './bodies.ts';
import type { Answer } from './workload.ts';

/** Sends a body as fast as it is taken, to its end or until it is answered. */
export async function postBody(url: string, { length, chunks }: Body): Promise<Answer> {
  const request = httpRequest(url, {
    method: 'POST',
    headers: { 'Content-Type': CONTENT_TYPE, 'Content-Length': length },
  });
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  const early = answered.then(() => true);
  // It is awaited below, but an error may come while a chunk is waited for.
  early.catch(() => {});
  let isAnswered = false;
  void early.then(
    () => (isAnswered = true),
    () => (isAnswered = true),
  );
  for (const chunk of chunks) {
    if (isAnswered) break;
    if (!request.write(chunk)) await Promise.race([once(request, 'drain'), early]);
  }
  if (!isAnswered) request.end();
  const [response] = await answered;
  const answer = { status: response.statusCode!, text: await text(response) };
  request.on('error', () => {}); // of what was not sent any more
  request.destroy();
  return answer;
}
