import type { FormDataParser } from '../forms/form-data-parser.ts';
import { ParsedForm } from '../forms/parsed-form.ts';
import type { RequestBody } from './request-body.ts';
import { RequestEnd } from './request-end.ts';
import type { RequestState } from './request-state.ts';

/** The media type of a form without files. */
const URLENCODED = 'application/x-www-form-urlencoded';
const READER = 'form()';

/** What is to be known of a request whose form is read. */
export interface FormRequest {
  readonly mimetype: string;
  readonly mimetypeParams: Readonly<Record<string, string>>;
  readonly maxFormMemorySize: number;
  readonly wantFormDataParsed: boolean;
  makeFormDataParser(): FormDataParser;
}

/** The form of a request, parsed on the first call; its files are closed when the request ends. */
export function formOf(
  request: FormRequest,
  state: RequestState,
  body: RequestBody,
): Promise<ParsedForm> {
  state.form ??=
    request.mimetype === URLENCODED ? parse(request, body) : parseUntilEnd(request, state, body);
  return state.form;
}

async function parse(request: FormRequest, body: RequestBody): Promise<ParsedForm> {
  if (!request.wantFormDataParsed) return new ParsedForm(body.take(READER));
  const { mimetype, mimetypeParams } = request;
  const parser = request.makeFormDataParser();
  // Small enough to be kept, so that the body can still be read as bytes or text.
  if (mimetype === URLENCODED) await body.keepFor(READER, request.maxFormMemorySize);
  return parser.parse(body.take(READER), mimetype, body.length, mimetypeParams);
}

/**
 * The end of the request doesn't wait for a form that is still being parsed, for that may wait for
 * the client: its next read fails, and then the parser releases what it has.
 */
async function parseUntilEnd(
  request: FormRequest,
  state: RequestState,
  body: RequestBody,
): Promise<ParsedForm> {
  let parsed: ParsedForm | undefined;
  state.end ??= new RequestEnd();
  const { end } = state;
  end.addLast(() => parsed?.close());
  parsed = await parse(request, body);
  if (end.isReached) await parsed.close();
  return parsed;
}
