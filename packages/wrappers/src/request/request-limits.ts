import type { Environ } from '@werkstatt/core';
import { MAX_CONTENT_LENGTH, MAX_FORM_FIELDS } from '../forms/form-limits.ts';
import { MAX_FORM_MEMORY_SIZE, MAX_PARTS } from '../multipart/multipart-limits.ts';
import { defineOwn } from '../values/define-own.ts';
import { RequestFields } from './request-fields.ts';
import type { RequestOptions } from './request-head.ts';

/**
 * How much of a body a request takes. Each limit is set for a class by its static property, and for
 * one request by its own, before the body is read; `Infinity` is no limit.
 */
export class RequestLimits extends RequestFields {
  /**
   * How many bytes the body can have, however it is read. Default: 512 MiB. For larger uploads set
   * it for the request that expects one, `request.maxContentLength = 8 * 1024 ** 3`, and read its
   * `stream` or `parts()`. Without it, one client can fill the disk or keep a reader busy for ever.
   */
  static maxContentLength: number = MAX_CONTENT_LENGTH;
  /**
   * How many bytes `bytes()`, `text()` and `json()` keep in memory. Default: 16 MiB. Without it, a
   * few large requests at a time take all the memory there is.
   */
  static maxBufferSize: number = 16 * 1024 * 1024;
  /**
   * How many bytes the fields of a form can have together; files don't count, for they go to the
   * disk. Default: 500,000. Without it, forms take many times their size in memory, for as long as
   * their requests last.
   */
  static maxFormMemorySize: number = MAX_FORM_MEMORY_SIZE;
  /**
   * How many parts a form of type `multipart/form-data` can have, files included. Default: 1000.
   * Without it, a form of tiny parts keeps the process busy making them.
   */
  static maxFormParts: number = MAX_PARTS;
  /**
   * How many fields a form of type `application/x-www-form-urlencoded` can have. Default: 1000.
   * Without it, a form of tiny fields keeps the process busy making them.
   */
  static maxFormFields: number = MAX_FORM_FIELDS;

  // Written out, for the constructor that a class gets without one takes longer.
  constructor(environ: Environ, options?: RequestOptions) {
    super(environ, options);
  }

  /** As the static property, for this request. */
  get maxContentLength(): number {
    return (this.constructor as typeof RequestLimits).maxContentLength;
  }
  set maxContentLength(limit: number) {
    defineOwn(this, 'maxContentLength', limit);
  }

  /** As the static property, for this request. */
  get maxBufferSize(): number {
    return (this.constructor as typeof RequestLimits).maxBufferSize;
  }
  set maxBufferSize(limit: number) {
    defineOwn(this, 'maxBufferSize', limit);
  }

  /** As the static property, for this request. */
  get maxFormMemorySize(): number {
    return (this.constructor as typeof RequestLimits).maxFormMemorySize;
  }
  set maxFormMemorySize(limit: number) {
    defineOwn(this, 'maxFormMemorySize', limit);
  }

  /** As the static property, for this request. */
  get maxFormParts(): number {
    return (this.constructor as typeof RequestLimits).maxFormParts;
  }
  set maxFormParts(limit: number) {
    defineOwn(this, 'maxFormParts', limit);
  }

  /** As the static property, for this request. */
  get maxFormFields(): number {
    return (this.constructor as typeof RequestLimits).maxFormFields;
  }
  set maxFormFields(limit: number) {
    defineOwn(this, 'maxFormFields', limit);
  }
}
