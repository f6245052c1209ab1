// Hello by runSimple and Response; tells the CPU time up to its first answer, in microseconds.
import { runSimple } from '@werkstatt/serving';
import { Request, Response } from '@werkstatt/wrappers';

const application = Request.application(() => {
  setImmediate(() => {
    const { user, system } = process.cpuUsage();
    console.log(`cpu ${user + system}`);
  });
  return new Response('Hello World!');
});
await runSimple('127.0.0.1', 0, application);
