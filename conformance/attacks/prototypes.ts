const INTRINSICS = [Object, Array, Function, Map, String].map(({ prototype, name }) => ({
  name,
  prototype: prototype as object,
  keys: Reflect.ownKeys(prototype),
}));

const ALLOWED: ReadonlySet<object | null> = new Set([
  null,
  ...INTRINSICS.map(({ prototype }) => prototype),
]);

/**
 * Whether the intrinsic prototypes are as they were at the start, and no object in an encoded result
 * has another prototype than one of them or null.
 *
 * @returns null, or what is wrong.
 */
export function prototypeFailure(result: unknown): string | null {
  for (const { name, prototype, keys } of INTRINSICS) {
    const added = Reflect.ownKeys(prototype).filter((key) => !keys.includes(key));
    if (added.length > 0) return `${name}.prototype has got ${added.map(String).join(', ')}`;
    const lost = keys.filter((key) => !Object.hasOwn(prototype, key));
    if (lost.length > 0) return `${name}.prototype has lost ${lost.map(String).join(', ')}`;
  }
  return strangePrototype(result);
}

function strangePrototype(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!ALLOWED.has(Object.getPrototypeOf(value))) {
    return 'an object in the result has a prototype of its own';
  }
  for (const { value: part } of Object.values(Object.getOwnPropertyDescriptors(value))) {
    const failure = strangePrototype(part);
    if (failure !== null) return failure;
  }
  return null;
}
