/** An application as the README has it: a request and a response object for every request. */
import { Request, Response } from '@werkstatt/wrappers';
import { sendFile } from '@werkstatt/wrappers/node';
import { serve } from '../../hello/servers/serve.ts';
import { asyncPieces, FILE, HELLO, LARGE, pieces } from '../payloads.ts';

async function echo(request: Request): Promise<Response> {
  return Response.json(await request.json());
}

async function upload(request: Request): Promise<Response> {
  return new Response(String((await request.bytes()).length));
}

const application = Request.application((request) => {
  switch (request.path) {
    case '/':
      return new Response(HELLO);
    case '/echo':
      return echo(request);
    case '/upload':
      return upload(request);
    case '/large':
      return new Response(LARGE, { mimetype: 'text/plain' });
    case '/stream':
      return new Response(pieces(), { mimetype: 'text/plain' });
    case '/stream-async':
      return new Response(asyncPieces(), { mimetype: 'text/plain' });
    case '/64-kib.txt':
      return sendFile(FILE, request);
    default:
      return new Response('', { status: 404 });
  }
});

await serve(application);
