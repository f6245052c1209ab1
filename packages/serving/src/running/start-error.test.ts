import { describe, expect, it } from 'vitest';
import { explainStart, StartError } from './start-error.ts';

function explained(code: string, host: string, port: number, platform: NodeJS.Platform = 'linux') {
  return explainStart(Object.assign(new Error(code), { code }), host, port, platform) as StartError;
}

describe('explainStart', () => {
  it('names a port that is taken, and the way to its holder', () => {
    const error = explained('EADDRINUSE', 'localhost', 4000);
    expect(error).toBeInstanceOf(StartError);
    expect(error.code).toBe('WERKSTATT_ERR_PORT_IN_USE');
    expect(error.message).toBe(
      [
        'Port 4000 is in use by another program.',
        "Find it with: ss -ltnp 'sport = :4000'",
        'Stop that program, or choose another port.',
      ].join('\n'),
    );
    expect(error.cause).toMatchObject({ code: 'EADDRINUSE' });
  });

  it('speaks the language of the platform', () => {
    expect(explained('EADDRINUSE', '', 5000, 'darwin').message).toMatch(
      /lsof -nP -iTCP:5000 -sTCP:LISTEN\n.*AirPlay Receiver/,
    );
    expect(explained('EADDRINUSE', '', 4000, 'darwin').message).not.toContain('AirPlay');
    expect(explained('EADDRINUSE', '', 4000, 'win32').message).toContain(
      'netstat -ano | findstr :4000',
    );
  });

  it.each([
    ['EACCES', 80, 'You are not allowed to listen on port 80.\nPorts below 1024'],
    ['EACCES', 4000, 'You are not allowed to listen on port 4000.\nThe system'],
    ['EADDRNOTAVAIL', 4000, "'example.org' is not an address of this machine."],
    ['ENOTFOUND', 4000, "There is no host named 'example.org'."],
  ])('explains %s at port %i', (code, port, message) => {
    expect(explained(code, 'example.org', port).message).toContain(message);
  });

  it('speaks of files where a socket file is meant', () => {
    expect(explained('EADDRINUSE', 'unix:///tmp/a.sock', 0).message).toContain(
      'Another server listens on the socket file /tmp/a.sock.',
    );
    expect(explained('EACCES', 'unix:///no/a.sock', 0).message).toContain(
      'The socket file /no/a.sock cannot be made.',
    );
  });

  it('leaves other errors as they are', () => {
    const error = new Error('x');
    expect(explainStart(error, '', 1)).toBe(error);
    expect(explainStart(null, '', 1)).toBe(null);
  });
});
