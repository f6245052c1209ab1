import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GatewayRequestHandler, makeServer } from '@werkstatt/serving';
import { Request, TruncatedBodyError } from '@werkstatt/wrappers';
import { sendFile } from '@werkstatt/wrappers/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'werkstatt-large-')));
const path = join(folder, 'large.bin');
const root = fileURLToPath(new URL('../../', import.meta.url));
const MiB = 1024 * 1024;
const PATIENCE = { timeout: 10_000 };

const app = Request.application(({ environ }) => sendFile(path, environ));
const errors: unknown[] = [];

class QuietHandler extends GatewayRequestHandler {
  override logError(error: unknown): void {
    errors.push(error);
  }
}

const server = makeServer({ host: '127.0.0.1', port: 0, app, requestHandler: QuietHandler });

/** Makes a file that takes no room on the disk, however large it is. */
function makeFile(size: number): void {
  writeFileSync(path, '');
  truncateSync(path, size);
}

async function request(port: number, target = '/'): Promise<IncomingMessage> {
  const outgoing = get({ host: '127.0.0.1', port, path: target, agent: false });
  const [message] = (await once(outgoing, 'response')) as [IncomingMessage];
  return message;
}

/** How many bytes come. */
async function drain(message: IncomingMessage): Promise<number> {
  let size = 0;
  for await (const chunk of message) size += (chunk as Buffer).length;
  return size;
}

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch {
      return false;
    }
  }).length;
}

beforeAll(() => server.listen());

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('a large file', () => {
  it('is sent in a memory that does not grow with it', async () => {
    makeFile(400 * MiB);
    const sources = ['--import', './tools/source.mjs', 'conformance/files/serve-file.ts', path];
    const child = spawn(process.execPath, sources, {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const port = Number(line);
      const memory = async () => {
        const [text] = (await once(await request(port, '/memory'), 'data')) as [Buffer];
        return Number(text) / 1024;
      };
      const before = await memory();
      expect(await drain(await request(port))).toBe(400 * MiB);
      expect((await memory()) - before).toBeLessThan(100);
    } finally {
      child.stdin.end();
    }
  });

  it('is closed when it was sent, and when the client goes away', async () => {
    makeFile(50 * MiB);
    expect(await drain(await request(server.port))).toBe(50 * MiB);
    await vi.waitFor(() => expect(openDescriptors()).toBe(0), PATIENCE);
    const clients = await Promise.all(Array.from({ length: 5 }, () => request(server.port)));
    expect(openDescriptors()).toBe(5);
    for (const client of clients) {
      await once(client, 'readable');
      client.destroy();
    }
    await vi.waitFor(() => expect(openDescriptors()).toBe(0), PATIENCE);
  });

  it('that shrinks while it is sent does not look complete', async () => {
    makeFile(50 * MiB);
    const client = await request(server.port);
    await once(client, 'readable');
    truncateSync(path, MiB);
    await expect(drain(client)).rejects.toThrow('aborted');
    expect(errors).toEqual([expect.any(TruncatedBodyError)]);
    await vi.waitFor(() => expect(openDescriptors()).toBe(0), PATIENCE);
  });

  it('that grows while it is sent is sent as long as it was', async () => {
    makeFile(50 * MiB);
    const client = await request(server.port);
    await once(client, 'readable');
    truncateSync(path, 60 * MiB);
    expect(await drain(client)).toBe(50 * MiB);
  });
});
