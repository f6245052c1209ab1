import { runSimple } from '@werkstatt/serving';
import { Request, Response } from '@werkstatt/wrappers';

const application = Request.application((_request) => new Response('Hello World!'));
await runSimple('localhost', 4000, application, { useDebugger: true });
