import type { Decode } from './contender.ts';
import type { Body } from './workloads.ts';

/** Whether a contender finds in a body what is in it. */
export async function decodesRightly(decode: Decode, body: Body): Promise<boolean> {
  try {
    const { parts, contentBytes } = await decode(body.chunks, body.boundary);
    return parts === body.parts && contentBytes === body.contentBytes;
  } catch {
    return false;
  }
}

/** Whether a contender finds an error in a body. */
export async function hasError(decode: Decode, body: Body): Promise<boolean> {
  try {
    await decode(body.chunks, body.boundary);
    return false;
  } catch {
    return true;
  }
}
