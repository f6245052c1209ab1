import { readFile } from 'node:fs/promises';
import { FILE, HELLO, LARGE, pieces } from './payloads.ts';
import type { Workload } from './workloads.ts';

const JSON_BODY = { order: '2026-11-21', items: [{ id: 1, name: 'chair', sizes: [1, 2, 3] }] };
const UPLOAD = Buffer.alloc(64 * 1024, 'x');

/** For each path, the request that is sent and the body that has to come back. */
const EXPECTED: ReadonlyMap<string, () => Promise<[init: RequestInit, body: Buffer]>> = new Map([
  ['', async () => [{}, Buffer.from(HELLO)]],
  ['echo', async () => [post('application/json', ECHOED), ECHOED]],
  ['upload', async () => [post('application/octet-stream', UPLOAD), Buffer.from('65536')]],
  ['large', async () => [{}, LARGE]],
  ['stream', streamed],
  ['stream-async', streamed],
  ['64-kib.txt', async () => [{}, await readFile(FILE)]],
]);

const ECHOED = Buffer.from(JSON.stringify(JSON_BODY));

/**
 * Asks a server once, as a program that knows nothing of its making.
 *
 * @throws Error when the answer is not the one that all have to give: who answers wrongly is fast
 *   for the wrong reason.
 */
export async function checkAnswer(name: string, url: string, { path }: Workload): Promise<void> {
  const [init, expected] = await EXPECTED.get(path)!();
  const response = await fetch(url + path, init);
  const body = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get('content-type') ?? '';
  const wanted = path === 'echo' ? 'application/json' : 'text/plain';
  if (response.status === 200 && type.startsWith(wanted) && body.equals(expected)) return;
  throw new Error(
    `${name} answers /${path} with ${response.status}, ${type || 'no type'} and ` +
      `${body.length} octets (${expected.length} are right): ${body.toString().slice(0, 60)}`,
  );
}

function post(type: string, body: Buffer): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': type }, body: new Uint8Array(body) };
}

async function streamed(): Promise<[RequestInit, Buffer]> {
  return [{}, Buffer.concat([...pieces()])];
}
