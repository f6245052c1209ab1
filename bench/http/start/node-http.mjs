// Hello by Node's own server; tells the CPU time up to its first answer, in microseconds.
import { createServer } from 'node:http';

const server = createServer((_request, response) => {
  setImmediate(() => {
    const { user, system } = process.cpuUsage();
    console.log(`cpu ${user + system}`);
  });
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': 12 });
  response.end('Hello World!');
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
