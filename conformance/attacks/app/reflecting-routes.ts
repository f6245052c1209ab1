import { appendSlashRedirect, Response, redirect } from '@werkstatt/wrappers';
import { sendFile } from '@werkstatt/wrappers/node';
import { get, type Routes } from './route.ts';

/** Routes that put what a client says into a response. */
export const reflectingRoutes: Routes = {
  '/header': get(
    ({ args }) => new Response('reflected', { headers: [['X-Reflect', args.get('v', '')]] }),
  ),
  '/redirect': get(({ args }) => redirect(args.get('to', '/'))),
  '/download': get((request) =>
    sendFile(Buffer.from('downloaded\n'), request, {
      asAttachment: true,
      downloadName: request.args.get('name', 'file'),
      mimetype: 'text/plain',
    }),
  ),
};

/** The redirect of every path below `/append/`. */
export const append = get(({ environ }) => appendSlashRedirect(environ));
