import { HTTPException } from './http-exception.ts';

/** 412: a condition in the request headers does not hold (RFC 9110 section 15.5.13). */
export class PreconditionFailed extends HTTPException {
  static override readonly code: number = 412;
  static override readonly errorCode: string = 'WERKSTATT_ERR_PRECONDITION_FAILED';
  static override readonly description: string =
    'The precondition on the request for the URL failed positive evaluation.';
}

/** 417: the Expect header cannot be met (RFC 9110 section 15.5.18). */
export class ExpectationFailed extends HTTPException {
  static override readonly code: number = 417;
  static override readonly errorCode: string = 'WERKSTATT_ERR_EXPECTATION_FAILED';
  static override readonly description: string =
    'The server could not meet the requirements of the Expect header';
}

/** 428: the request must be conditional (RFC 6585 section 3). */
export class PreconditionRequired extends HTTPException {
  static override readonly code: number = 428;
  static override readonly errorCode: string = 'WERKSTATT_ERR_PRECONDITION_REQUIRED';
  static override readonly description: string =
    'This request must be conditional: send it again with "If-Match" or "If-Unmodified-Since".';
}
