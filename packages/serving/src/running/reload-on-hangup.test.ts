import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { makeCertificate } from '../../test/certificate.ts';
import { folderWith, runProgram, sourceUrl } from '../../test/run-program.ts';

const PROGRAM = `
import { runSimple } from '${sourceUrl('run-simple.ts')}';
await runSimple('localhost', 0, (environ, startResponse) => {
  startResponse('200 OK', []);
  return [];
}, { sslContext: { cert: 'cert.pem', key: 'key.pem' } });
console.log('left', process.listenerCount('SIGHUP'));`;

/** A folder with a program that serves by its own certificate, and one to replace it. */
function folderWithCertificate() {
  const folder = folderWith({ 'main.mjs': PROGRAM });
  const [first, second] = [makeCertificate(), makeCertificate()];
  const use = ({ certPath, keyPath }: typeof first) => {
    copyFileSync(certPath, join(folder, 'cert.pem'));
    copyFileSync(keyPath, join(folder, 'key.pem'));
  };
  onTestFinished(() => {
    for (const made of [first, second]) rmSync(made.folder, { recursive: true });
  });
  use(first);
  return { folder, second, use };
}

function certificateOf(url: string): Promise<string> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      port: Number(port),
      host: 'localhost',
      rejectUnauthorized: false,
    });
    socket.on('error', reject).on('secureConnect', () => {
      resolve(socket.getPeerX509Certificate()!.toString());
      socket.destroy();
    });
  });
}

it('SIGHUP has runSimple read its certificates again, and a broken one keeps the old', async () => {
  const { folder, second, use } = folderWithCertificate();
  const program = runProgram(['main.mjs'], { cwd: folder });
  const [, url] = await program.printed(/Running on (\S+)/);
  const before = await certificateOf(url!);

  writeFileSync(join(folder, 'cert.pem'), 'nothing');
  program.kill('SIGHUP');
  await program.printed(
    /Certificates were not reloaded: OptionError: sslContext has no certificate/,
  );
  expect(await certificateOf(url!)).toBe(before);

  use(second);
  program.kill('SIGHUP');
  await program.printed(/ \* Certificates were reloaded\n/);
  expect(await certificateOf(url!)).toBe(second.cert);

  program.kill('SIGTERM');
  expect(await program.ended).toMatchObject({ code: 0, stdout: 'left 0\n' });
});

// Python has pseudo-terminals at hand, Node has not.
it.skipIf(!hasPython())('SIGHUP of a terminal that was closed ends the server', async () => {
  const { folder } = folderWithCertificate();
  const script = `
import os, pty, sys
pid, master = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
text = b''
while b'Running on' not in text:
    text += os.read(master, 4096)
os.close(master)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`;
  const args = ['-c', script, process.execPath, '--import', sourceLoader(), 'main.mjs'];
  const printed = execFileSync('python3', args, { cwd: folder, encoding: 'utf8', timeout: 15_000 });
  expect(printed).toBe('0\n');
});

function sourceLoader(): string {
  return new URL('../../../../tools/source.mjs', import.meta.url).href;
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}
