import type { HeaderField } from '../protocol.ts';
import { HTTPException, type HTTPExceptionOptions } from './http-exception.ts';

/** A challenge: the text of a `WWW-Authenticate` field, or an object that knows its text. */
export type Challenge = string | { toHeader(): string };

/** What an `Unauthorized` can be given. */
export interface UnauthorizedOptions extends HTTPExceptionOptions {
  /** One challenge or several; each becomes a `WWW-Authenticate` field. */
  wwwAuthenticate?: Challenge | readonly Challenge[] | undefined;
}

/** 401: valid credentials are missing (RFC 9110 section 15.5.2). */
export class Unauthorized extends HTTPException {
  static override readonly code: number = 401;
  static override readonly errorCode: string = 'WERKSTATT_ERR_UNAUTHORIZED';
  static override readonly description: string =
    "The server could not verify that you are authorized to access the URL requested. You either supplied the wrong credentials (e.g. a bad password), or your browser doesn't understand how to supply the credentials required.";

  /** The texts of the challenges. */
  readonly wwwAuthenticate: readonly string[];

  constructor(description?: string, options: UnauthorizedOptions = {}) {
    super(description, options);
    const challenges = [options.wwwAuthenticate ?? []].flat();
    this.wwwAuthenticate = challenges.map((challenge) =>
      typeof challenge === 'string' ? challenge : challenge.toHeader(),
    );
  }

  override getHeaders(): HeaderField[] {
    const challenges = this.wwwAuthenticate.map((text): HeaderField => ['WWW-Authenticate', text]);
    return [...super.getHeaders(), ...challenges];
  }
}

/** 403: the client may not have this resource, whoever it is (RFC 9110 section 15.5.4). */
export class Forbidden extends HTTPException {
  static override readonly code: number = 403;
  static override readonly errorCode: string = 'WERKSTATT_ERR_FORBIDDEN';
  static override readonly description: string =
    "You don't have the permission to access the requested resource. It is either read-protected or not readable by the server.";
}

/** 451: the resource is withheld by law (RFC 7725 section 3). */
export class UnavailableForLegalReasons extends HTTPException {
  static override readonly code: number = 451;
  static override readonly errorCode: string = 'WERKSTATT_ERR_UNAVAILABLE_FOR_LEGAL_REASONS';
  static override readonly description: string = 'Unavailable for legal reasons.';
}
