/**
 * The platform's `WritableStream`, to be extended, but looked up when the first one is made: Node
 * takes more than a millisecond to load it, which every program would pay for that imports this
 * package.
 */
export const LazyWritableStream: typeof WritableStream = makeLazy();

function makeLazy(): typeof WritableStream {
  function Lazy(this: object, ...args: ConstructorParameters<typeof WritableStream>): object {
    if (Object.getPrototypeOf(Lazy.prototype) !== WritableStream.prototype) {
      Object.setPrototypeOf(Lazy.prototype, WritableStream.prototype);
    }
    return Reflect.construct(WritableStream, args, new.target as unknown as typeof WritableStream);
  }
  return Lazy as unknown as typeof WritableStream;
}
