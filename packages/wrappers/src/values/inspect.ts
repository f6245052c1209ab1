/** The name under which `console.log` and Node's debugger look for an object's own description. */
export const INSPECT: symbol = Symbol.for('nodejs.util.inspect.custom');
