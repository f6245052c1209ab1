import type { GatewayApp } from '@werkstatt/core/protocol';

/** The debugger is wanted and its package is not installed. */
export class MissingDebuggerError extends Error {
  readonly code: string = 'WERKSTATT_ERR_NO_DEBUGGER';

  constructor(options?: ErrorOptions) {
    super(
      "useDebugger needs the package '@werkstatt/debug'. Install it: npm install --save-dev @werkstatt/debug",
      options,
    );
    this.name = 'MissingDebuggerError';
  }
}

/**
 * Wraps an application so that its errors are answered by the debugger's page.
 *
 * @throws MissingDebuggerError when the optional peer `@werkstatt/debug` is not installed.
 */
export async function withDebugger(app: GatewayApp, evalex: boolean): Promise<GatewayApp> {
  const { DebuggedApplication } = await loadDebugger();
  return new DebuggedApplication(app, { evalex });
}

async function loadDebugger(): Promise<typeof import('@werkstatt/debug')> {
  try {
    return await import('@werkstatt/debug');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MODULE_NOT_FOUND' && message.includes("'@werkstatt/debug'")) {
      throw new MissingDebuggerError({ cause: error });
    }
    throw error;
  }
}
