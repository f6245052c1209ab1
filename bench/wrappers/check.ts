import { isDeepStrictEqual } from 'node:util';
import { BODY, type Classes, emptyRead, type Shown, TYPE } from './contender.ts';
import type { Expected } from './requests.ts';

/** What everyone has to answer. */
const ANSWER: Shown = {
  status: 200,
  headers: { 'content-type': TYPE, 'content-length': String(BODY.length) },
  body: BODY,
};

/**
 * Has a contender answer every request in both ways.
 *
 * @throws Error when it reads or answers something wrong.
 */
export async function checkAnswers<I, R>(
  name: string,
  classes: Classes<I, R>,
  inputs: readonly I[],
  expected: readonly Expected[],
): Promise<void> {
  const read = emptyRead();
  const answerAndRead = classes.read(read);
  for (const [index, input] of inputs.entries()) {
    compare(`${name} says hello`, await classes.show(await classes.hello(input)), ANSWER);
    Object.assign(read, emptyRead());
    compare(`${name} answers`, await classes.show(await answerAndRead(input)), ANSWER);
    compare(`${name} reads`, read, expected[index]);
  }
}

function compare(what: string, found: unknown, wanted: unknown): void {
  if (isDeepStrictEqual(found, wanted)) return;
  throw new Error(`${what} ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}.`);
}
