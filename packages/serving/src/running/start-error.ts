import { unixPath } from '../servers/addresses.ts';

/** Why a server could not start, by the system's code. */
const CODES: Record<string, string> = {
  EADDRINUSE: 'WERKSTATT_ERR_PORT_IN_USE',
  EACCES: 'WERKSTATT_ERR_ADDRESS_NOT_ALLOWED',
  EPERM: 'WERKSTATT_ERR_ADDRESS_NOT_ALLOWED',
  EADDRNOTAVAIL: 'WERKSTATT_ERR_ADDRESS_NOT_AVAILABLE',
  EAFNOSUPPORT: 'WERKSTATT_ERR_ADDRESS_NOT_AVAILABLE',
  ENOENT: 'WERKSTATT_ERR_ADDRESS_NOT_AVAILABLE',
  ENOTFOUND: 'WERKSTATT_ERR_HOST_NOT_FOUND',
  EAI_AGAIN: 'WERKSTATT_ERR_HOST_NOT_FOUND',
};

/** The ports that macOS's AirPlay Receiver listens on. */
const AIRPLAY_PORTS = [5000, 7000];

/**
 * The server cannot listen at the address it was given. The message is written for the person who
 * started it: what is wrong, how to look further, what to do.
 */
export class StartError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
    this.code = code;
  }
}

/**
 * The `StartError` for a system error of `listen()`; any other error as it is.
 *
 * @param platform whose advice to give.
 */
export function explainStart(
  error: unknown,
  host: string,
  port: number,
  platform: NodeJS.Platform = process.platform,
): unknown {
  const systemCode = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const code = Object.hasOwn(CODES, systemCode) ? CODES[systemCode] : undefined;
  if (code === undefined) return error;
  const path = unixPath(host);
  const lines =
    path === undefined ? explain(code, host, port, platform) : explainSocketFile(code, path);
  return new StartError(code, lines.join('\n'), { cause: error });
}

function explain(code: string, host: string, port: number, platform: NodeJS.Platform): string[] {
  switch (code) {
    case 'WERKSTATT_ERR_PORT_IN_USE':
      return [
        `Port ${port} is in use by another program.`,
        `Find it with: ${holderCommand(port, platform)}`,
        ...(platform === 'darwin' && AIRPLAY_PORTS.includes(port)
          ? ["On macOS that may be AirPlay Receiver: switch it off in the system's settings."]
          : []),
        'Stop that program, or choose another port.',
      ];
    case 'WERKSTATT_ERR_ADDRESS_NOT_ALLOWED':
      return [
        `You are not allowed to listen on port ${port}.`,
        port < 1024
          ? 'Ports below 1024 need special rights: choose a higher one, such as 4000.'
          : 'The system may have set it aside: choose another port.',
      ];
    case 'WERKSTATT_ERR_HOST_NOT_FOUND':
      return [
        `There is no host named '${host}'.`,
        "Choose 'localhost', an address of this machine, or '0.0.0.0' for all of them.",
      ];
    default:
      return [
        `'${host}' is not an address of this machine.`,
        "Choose 'localhost', or '0.0.0.0' for all addresses.",
      ];
  }
}

function explainSocketFile(code: string, path: string): string[] {
  return code === 'WERKSTATT_ERR_PORT_IN_USE'
    ? [`Another server listens on the socket file ${path}.`, 'Stop it, or choose another path.']
    : [
        `The socket file ${path} cannot be made.`,
        'Does its folder exist, and are you allowed to write there?',
      ];
}

/** The command that shows who holds a port. */
function holderCommand(port: number, platform: NodeJS.Platform): string {
  if (platform === 'win32') return `netstat -ano | findstr :${port}`;
  if (platform === 'linux') return `ss -ltnp 'sport = :${port}'`;
  return `lsof -nP -iTCP:${port} -sTCP:LISTEN`;
}
