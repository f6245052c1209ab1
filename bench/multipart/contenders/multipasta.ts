import { make } from 'multipasta';
import { type Found, formType } from '../contender.ts';

const NO_LIMITS = {
  maxParts: Number.POSITIVE_INFINITY,
  maxTotalSize: Number.POSITIVE_INFINITY,
  maxPartSize: Number.POSITIVE_INFINITY,
  maxFieldSize: Number.POSITIVE_INFINITY,
};

export function decode(chunks: Iterable<Buffer>, boundary: string): Found {
  const found = { parts: 0, contentBytes: 0 };
  let failure: unknown;
  const parser = make({
    headers: { 'content-type': formType(boundary) },
    ...NO_LIMITS,
    onField({ name }, value) {
      if (name.length > 0) found.parts++;
      found.contentBytes += value.length;
    },
    onFile({ name }) {
      if (name.length > 0) found.parts++;
      return (chunk) => {
        found.contentBytes += chunk?.length ?? 0;
      };
    },
    onError(error) {
      failure ??= error;
    },
    onDone() {},
  });
  for (const chunk of chunks) parser.write(chunk);
  parser.end();
  if (failure !== undefined) throw new Error(JSON.stringify(failure));
  return found;
}
