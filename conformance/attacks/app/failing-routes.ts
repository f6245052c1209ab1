import { Response } from '@werkstatt/wrappers';
import { type AppRequest, get, type Routes } from './route.ts';

/** Routes that fail. */
export const failingRoutes: Routes = {
  '/throw': get(({ args }) => {
    throw new Error(args.get('m', 'thrown'));
  }),
  '/throw-null': get(() => {
    throw null;
  }),
  '/throw-hostile': get(() => {
    throw new Hostile();
  }),
  '/throw-locals': get(throwBesideSecrets),
  '/reject': get(() => {
    void Promise.reject(new Error('nobody awaits this'));
    return new Response('rejecting');
  }),
  '/throw-later': get(() => {
    setTimeout(() => {
      throw new Error('thrown after the answer');
    }, 50);
    return new Response('answered');
  }),
  '/stream-throw': get(() => new Response(failingBody(), { mimetype: 'text/plain' })),
};

/** Throws whatever is asked of it. */
class Hostile {
  get message(): string {
    throw new Error('no message');
  }
  get stack(): string {
    throw new Error('no stack');
  }
}

function throwBesideSecrets(request: AppRequest): Response {
  const environment = process.env;
  const locals = { environment, request };
  if (Object.keys(locals).length > 0) throw new Error('thrown beside secrets');
  return new Response('never');
}

async function* failingBody(): AsyncGenerator<string> {
  yield 'the first piece\n';
  throw new Error('thrown after the first piece');
}
