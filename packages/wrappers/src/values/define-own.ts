/**
 * Gives one object a property of its own in place of an accessor of its class, as assigning to it
 * would without the accessor: what nobody sets costs nothing when the object is made.
 */
export function defineOwn(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
