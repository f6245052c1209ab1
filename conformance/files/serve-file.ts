/**
 * Serves one file, whose path is the argument, from a process of its own: `/` is the file, `/memory`
 * the most memory that the process ever had, in KiB. It writes its port, and ends with its input.
 */
import { makeServer } from '@werkstatt/serving';
import { Request, Response } from '@werkstatt/wrappers';
import { sendFile } from '@werkstatt/wrappers/node';

const [path = ''] = process.argv.slice(2);
const app = Request.application(({ environ }) =>
  environ.PATH_INFO === '/memory'
    ? new Response(String(process.resourceUsage().maxRSS))
    : sendFile(path, environ),
);
const server = makeServer({ host: '127.0.0.1', port: 0, app });
await server.listen();
console.log(server.port);
process.stdin.once('end', () => process.exit()).resume();
