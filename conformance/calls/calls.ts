import { acceptCalls } from './accept.ts';
import { authCalls } from './auth.ts';
import { cacheControlCalls } from './cache-control.ts';
import { type Call, callTable } from './call.ts';
import { cookieCalls } from './cookies.ts';
import { cspCalls } from './csp.ts';
import { dateCalls } from './dates.ts';
import { decodingCalls } from './decoding.ts';
import { etagCalls } from './etags.ts';
import { exceptionCalls } from './exceptions.ts';
import { formCalls } from './forms.ts';
import { forwardedCalls } from './forwarded.ts';
import { headerListCalls } from './header-lists.ts';
import { headersCalls } from './headers.ts';
import { hostCalls } from './hosts.ts';
import { listDictSetCalls } from './list-dict-set.ts';
import { multiDictCalls } from './multi-dict.ts';
import { multipartCalls } from './multipart.ts';
import { optionsHeaderCalls } from './options-header.ts';
import { rangeCalls } from './range.ts';
import { redirectCalls } from './redirects.ts';
import { requestCalls } from './requests.ts';
import { responseCalls } from './responses.ts';
import { securityCalls } from './security.ts';
import { sendFileCalls } from './send-file.ts';
import { streamCalls } from './streams.ts';
import { urlCalls } from './urls.ts';

/** Every call of the vectors that there is a function for. */
export const CALLS: ReadonlyMap<string, Call> = callTable(
  acceptCalls,
  authCalls,
  cacheControlCalls,
  cookieCalls,
  cspCalls,
  dateCalls,
  decodingCalls,
  etagCalls,
  exceptionCalls,
  forwardedCalls,
  headerListCalls,
  headersCalls,
  hostCalls,
  listDictSetCalls,
  multiDictCalls,
  optionsHeaderCalls,
  rangeCalls,
  securityCalls,
  streamCalls,
  urlCalls,
  formCalls,
  multipartCalls,
  redirectCalls,
  requestCalls,
  responseCalls,
  sendFileCalls,
);
