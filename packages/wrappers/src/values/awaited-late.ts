/**
 * A promise that may be awaited late, or never: until then its rejection is not one that nobody
 * handles, which would end the process. Whoever awaits it gets the error all the same.
 */
export function awaitedLate<T>(promise: Promise<T>): Promise<T> {
  promise.catch(ignore);
  return promise;
}

function ignore(): void {}
