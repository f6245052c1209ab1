/** The application of the README: a request and a response object for every request. */
import { Request, Response } from '@werkstatt/wrappers';
import { serve } from './serve.ts';

await serve(Request.application((_request) => new Response('Hello World!')));
