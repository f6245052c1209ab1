import { describe, expect, it } from 'vitest';
import { startServer } from './server-process.ts';

describe.skipIf(process.platform !== 'linux')('startServer', () => {
  it('gives the address of a server that listens, and stops it', async () => {
    const code = `require('node:net').createServer(s => s.end('hi')).listen(0, '127.0.0.1', function () {
      console.log('noise');
      console.log('listening ' + this.address().port);
    })`;
    const server = await startServer(['-e', code], 0);
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(process.kill(server.pid, 0)).toBe(true);
    await server.stop();
    expect(() => process.kill(server.pid, 0)).toThrow('ESRCH');
  });

  it('says that a program ended before it listened', async () => {
    await expect(startServer(['-e', 'process.exit(3)'], 0)).rejects.toThrow(
      'ended before it listened (3)',
    );
  });
});
