// Hello by runSimple; tells the CPU time up to its first answer, in microseconds.
import { runSimple } from '@werkstatt/serving';

const body = [Buffer.from('Hello World!')];

await runSimple('127.0.0.1', 0, (_environ, startResponse) => {
  setImmediate(() => {
    const { user, system } = process.cpuUsage();
    console.log(`cpu ${user + system}`);
  });
  startResponse('200 OK', [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Length', '12'],
  ]);
  return body;
});
