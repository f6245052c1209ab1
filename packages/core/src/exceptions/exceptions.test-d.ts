import { expectTypeOf } from 'vitest';
import { abort } from './abort.ts';
import { Aborter } from './aborter.ts';
import { HTTPException } from './http-exception.ts';
import type { ProblemDetails } from './problem-details.ts';
import { MethodNotAllowed, NotFound } from './resource-errors.ts';

expectTypeOf(abort).returns.toEqualTypeOf<never>();
expectTypeOf(new NotFound().getProblem()).toEqualTypeOf<ProblemDetails>();
expectTypeOf(new NotFound().code).toEqualTypeOf<number>();

new Aborter({ extra: [[402, NotFound]] });
new MethodNotAllowed(undefined, { validMethods: new Set(['GET']) });

// @ts-expect-error a class of errors that is no HTTPException cannot be an answer
new Aborter({ extra: [[402, Error]] });
// @ts-expect-error a status is a number
abort('404');
// @ts-expect-error the first argument is the description
new HTTPException({ description: 'a' });
// @ts-expect-error a mistyped option
new MethodNotAllowed(undefined, { methods: ['GET'] });
