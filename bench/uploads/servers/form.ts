/**
 * `request.form()` and `request.files()`: large files are on the disk when the application has them,
 * and it reads each. With `--all` every limit is off, else that of the body's length alone.
 */
import { Request, Response } from '@werkstatt/wrappers';
import { serve } from '../../hello/servers/serve.ts';
import { type Found, PAGE } from '../found.ts';

const all = process.argv.includes('--all');

class UploadRequest extends Request {
  static override maxContentLength: number = Number.POSITIVE_INFINITY;
  static override maxFormParts: number = all ? Number.POSITIVE_INFINITY : Request.maxFormParts;
  static override maxFormMemorySize: number = all
    ? Number.POSITIVE_INFINITY
    : Request.maxFormMemorySize;
}

await serve(
  UploadRequest.application(async (request) => {
    if (request.method !== 'POST') return new Response(PAGE, { mimetype: 'text/html' });
    const found: Found = { parts: 0, bytes: 0 };
    for (const _field of await request.form()) found.parts++;
    for (const [, file] of await request.files()) {
      found.parts++;
      for await (const chunk of file) found.bytes += chunk.length;
    }
    return Response.json(found);
  }),
);
