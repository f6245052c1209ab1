export type {
  ApplicationMaker,
  HandlerResult,
  RequestClass,
} from './apps/application.ts';
export { CallableApp } from './apps/callable-app.ts';
export {
  type ConditionalOptions,
  makeConditional,
} from './conditional/make-conditional.ts';
export type { PositionedBody, SliceableBody } from './conditional/seekable-source.ts';
export { type DecodeOptions, decodeRequestBody } from './decoding/decode-request-body.ts';
export {
  BodyConsumedError,
  ClientGoneError,
  HandlerResultError,
  InvalidBodyError,
  InvalidEventError,
  InvalidStatusError,
  RequestClosedError,
  ShallowRequestError,
  SpoolError,
  StreamClosedError,
  StreamOverflowError,
  TruncatedBodyError,
  WRAPPER_ERROR_CODES,
  type WrapperErrorCode,
} from './errors/wrapper-errors.ts';
export { encodeEvent, type ServerSentEvent } from './events/encode-event.ts';
export type { EventIterable } from './events/encoded-events.ts';
export { type EventProducer, type EventStreamOptions, eventStream } from './events/event-stream.ts';
export { EventWriter } from './events/event-writer.ts';
export { lastEventId } from './events/last-event-id.ts';
export type { FromAppOptions } from './fetch/response-from-app.ts';
export {
  FormDataParser,
  type FormDataParserOptions,
  parseFormData,
} from './forms/form-data-parser.ts';
export type { FormPartLimits } from './forms/form-limits.ts';
export type { FormPart } from './forms/form-part.ts';
export { formParts } from './forms/form-parts.ts';
export { type FormContents, ParsedForm } from './forms/parsed-form.ts';
export type { SpoolOptions } from './forms/spool.ts';
export {
  defaultStreamFactory,
  type FileSink,
  type FileUpload,
  type StreamFactory,
} from './forms/stream-factory.ts';
export type { TemporaryFile } from './forms/temporary-file.ts';
export { type EnvironValues, environFromValues } from './from-values/environ-from-values.ts';
export type { BodyValues } from './from-values/values-body.ts';
export type { FileValue, FileValues } from './from-values/values-multipart.ts';
export { MultipartDecoder } from './multipart/multipart-decoder.ts';
export { MultipartEncoder } from './multipart/multipart-encoder.ts';
export type {
  DataEvent,
  EpilogueEvent,
  FieldEvent,
  FileEvent,
  MultipartEvent,
  MultipartEventInit,
  PreambleEvent,
} from './multipart/multipart-events.ts';
export type { MultipartDecoderOptions } from './multipart/multipart-limits.ts';
export { Request } from './request/request.ts';
export type { DataOptions, FormDataParserClass } from './request/request-content.ts';
export type { RequestOrEnviron } from './request/request-environ.ts';
export type { UserAgentClass } from './request/request-fields.ts';
export type { RequestOptions } from './request/request-head.ts';
export type { JsonModule, JsonOptions } from './request/request-json.ts';
export { appendSlashRedirect } from './response/append-slash-redirect.ts';
export type { BodyChunk, ResponseBody, StoredBody, StreamSource } from './response/body-source.ts';
export type { DateInit } from './response/field-values.ts';
export type { Jsonified } from './response/jsonified.ts';
export type { HeaderListText, HeaderText } from './response/live-header.ts';
export { redirect } from './response/redirect.ts';
export {
  type AddEtagOptions,
  type JsonResponse,
  Response,
  type ResponseClass,
  type ResponseEtag,
  type ResponseJsonOptions,
} from './response/response.ts';
export type { ResponseOptions } from './response/response-options.ts';
export type { StreamedBody } from './response/streamed-body.ts';
export { ResponseStream, type StreamSink } from './streaming/response-stream.ts';
export {
  type StreamBody,
  type StreamBodyOptions,
  type StreamCleanup,
  type StreamProducer,
  streamBody,
} from './streaming/stream-body.ts';
