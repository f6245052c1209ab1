import { inspect } from 'node:util';
import { safeRead } from './safe-read.ts';
import { parseStack, type StackFrame } from './stack-frames.ts';
import { bounded, visible } from './visible-text.ts';

/** How a described error came to be shown. */
export type Relation = 'thrown' | 'cause' | 'member';

/** What can be said of one error: bounded, without invisible controls, not escaped for HTML. */
export interface ErrorDescription {
  relation: Relation;
  /** The name of its class. */
  className: string;
  message: string;
  frames: readonly StackFrame[];
}

const MAX_ERRORS = 12;
const MAX_NAME = 200;
const MAX_MESSAGE = 10_000;

/**
 * Describes what was thrown, then its causes and, of an `AggregateError`, its members; a cycle is
 * cut where it closes. Never throws, whatever was thrown.
 */
export function describeErrors(thrown: unknown): ErrorDescription[] {
  const descriptions: ErrorDescription[] = [];
  const seen = new Set<unknown>();
  const add = (relation: Relation, value: unknown): void => {
    if (descriptions.length === MAX_ERRORS || seen.has(value)) return;
    seen.add(value);
    descriptions.push(describe(relation, value));
    const cause = safeRead(value, 'cause');
    if (cause !== undefined) add('cause', cause);
    for (const member of membersOf(value)) add('member', member);
  };
  add('thrown', thrown);
  return descriptions;
}

function describe(relation: Relation, value: unknown): ErrorDescription {
  const stack = safeRead(value, 'stack');
  const message = safeRead(value, 'message');
  if (typeof stack !== 'string' && typeof message !== 'string') {
    return {
      relation,
      className: `Not an Error, but ${typeName(value)}`,
      message: show(value),
      frames: [],
    };
  }
  const text = typeof message === 'string' ? message : '(its message cannot be read)';
  return {
    relation,
    className: classNameOf(value),
    message: visible(bounded(text, MAX_MESSAGE)),
    frames: typeof stack === 'string' ? parseStack(stack, text).map(visibleFrame) : [],
  };
}

/** A class that does not set `name` still says more than `Error`. */
function classNameOf(value: unknown): string {
  const own = safeRead(value, 'name');
  const ofClass = safeRead(safeRead(value, 'constructor'), 'name');
  const names = [own === 'Error' ? undefined : own, ofClass];
  const name = names.find((each) => typeof each === 'string' && each !== '') ?? 'Error';
  return visible(bounded(String(name), MAX_NAME));
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'undefined' ? 'undefined' : `of type ${typeof value}`;
}

function show(value: unknown): string {
  try {
    const options = { depth: 1, customInspect: false, maxArrayLength: 20, maxStringLength: 2_000 };
    return visible(bounded(inspect(value, options), MAX_MESSAGE));
  } catch {
    return '(it cannot be shown)';
  }
}

function membersOf(value: unknown): unknown[] {
  const errors = safeRead(value, 'errors');
  try {
    return Array.isArray(errors) ? errors.slice(0, MAX_ERRORS) : [];
  } catch {
    return [];
  }
}

function visibleFrame(frame: StackFrame): StackFrame {
  return {
    ...frame,
    text: visible(frame.text),
    call: visible(frame.call),
    place: visible(frame.place),
  };
}
