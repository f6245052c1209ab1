/** `request.parts()`: every part is read as it arrives, and nothing kept. No limits. */
import { Request, Response } from '@werkstatt/wrappers';
import { serve } from '../../hello/servers/serve.ts';
import { type Found, PAGE } from '../found.ts';

class UploadRequest extends Request {
  static override maxContentLength: number = Number.POSITIVE_INFINITY;
  static override maxFormParts: number = Number.POSITIVE_INFINITY;
}

await serve(
  UploadRequest.application(async (request) => {
    if (request.method !== 'POST') return new Response(PAGE, { mimetype: 'text/html' });
    const found: Found = { parts: 0, bytes: 0 };
    for await (const part of request.parts()) {
      found.parts++;
      for await (const chunk of part) if (part.isFile) found.bytes += chunk.length;
    }
    return Response.json(found);
  }),
);
