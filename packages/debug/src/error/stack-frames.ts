/** One call on an error's stack. */
export interface StackFrame {
  /** The line of the stack, as the platform wrote it, without its indentation. */
  text: string;
  /** What was called; `''` for the top level of a module or an anonymous function. */
  call: string;
  /** File and position, `''` for native code. */
  place: string;
  /** Whether it is code of the application: no Node internals, nothing below `node_modules`. */
  ofApplication: boolean;
}

const MAX_FRAMES = 100;
const MAX_STACK = 131_072;
const MAX_LINE = 1_000;

/**
 * Takes V8's text of a stack apart. Its beginning repeats name and message, and the message may
 * hold lines that look like frames: so it is skipped by its text, not by its look.
 */
export function parseStack(stack: string, message: string): StackFrame[] {
  const afterName = stack.indexOf(': ') + 2;
  const hasMessage = message !== '' && afterName > 1 && stack.startsWith(message, afterName);
  const start = hasMessage ? afterName + message.length : 0;
  return stack
    .slice(start, start + MAX_STACK)
    .split('\n')
    .map((line) => line.slice(0, MAX_LINE).trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, MAX_FRAMES)
    .map(parseFrame);
}

/** Reads `at call (place)` or `at place`. */
function parseFrame(text: string): StackFrame {
  const inner = text.slice('at '.length);
  const open = inner.endsWith(')') ? inner.lastIndexOf(' (') : -1;
  const call = open < 0 ? '' : inner.slice(0, open);
  const location = open < 0 ? inner.replace(/^async /, '') : inner.slice(open + 2, -1);
  const place = location.startsWith('file:') ? toPath(location) : location;
  return { text, call, place, ofApplication: isOfApplication(location) };
}

function isOfApplication(location: string): boolean {
  const isFile = /^(?:file:|\/|[A-Za-z]:[\\/])/.test(location);
  return isFile && !/[\\/]node_modules[\\/]/.test(location);
}

/** `file:///srv/app.ts:3:5` as `/srv/app.ts:3:5`; what cannot be decoded stays a URL. */
function toPath(location: string): string {
  try {
    const path = decodeURIComponent(location.replace(/^file:\/\//, ''));
    return path.replace(/^\/(?=[A-Za-z]:)/, '');
  } catch {
    return location;
  }
}
