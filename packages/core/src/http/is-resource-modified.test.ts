import { describe, expect, it } from 'vitest';
import { generateEtag } from '../conditional/generate-etag.ts';
import { ArgumentError } from '../errors/argument-error.ts';
import { isResourceModified } from './is-resource-modified.ts';

const NOON = 'Wed, 01 Jan 2020 12:00:00 GMT';
const NEW_YEAR = 'Wed, 01 Jan 2020 00:00:00 GMT';
const noon = new Date(NOON);

describe('isResourceModified', () => {
  it('compares the tags of If-None-Match weakly', () => {
    expect(isResourceModified({ ifNoneMatch: '"a", W/"b"' }, { etag: '"b"' })).toBe(false);
    expect(isResourceModified({ ifNoneMatch: '"a"' }, { etag: 'W/"a"' })).toBe(false);
    expect(isResourceModified({ ifNoneMatch: '"a"' }, { etag: '"b"' })).toBe(true);
    expect(isResourceModified({ ifNoneMatch: '*' }, { etag: '"b"' })).toBe(false);
  });

  it('compares the tags of If-Match strongly, and the star with none', () => {
    expect(isResourceModified({ ifMatch: '"a", "b"' }, { etag: '"b"' })).toBe(true);
    expect(isResourceModified({ ifMatch: '"a"' }, { etag: '"b"' })).toBe(false);
    expect(isResourceModified({ ifMatch: '"a"' }, { etag: 'W/"a"' })).toBe(false);
    expect(isResourceModified({ ifMatch: '*' }, { etag: '"b"' })).toBe(true);
  });

  it('compares dates by the second, where there is no tag', () => {
    const lastModified = new Date(noon.getTime() + 900);
    expect(isResourceModified({ ifModifiedSince: NOON }, { lastModified })).toBe(false);
    expect(isResourceModified({ ifModifiedSince: NEW_YEAR }, { lastModified })).toBe(true);
    expect(isResourceModified({ ifModifiedSince: 'garbage' }, { lastModified })).toBe(true);
    const conditions = { ifModifiedSince: NOON, ifNoneMatch: '"a"' };
    expect(isResourceModified(conditions, { lastModified, etag: '"b"' })).toBe(true);
  });

  it('heeds If-Range only when asked to, and with a Range', () => {
    const conditions = { range: 'bytes=0-9', ifRange: '"a"' };
    expect(isResourceModified(conditions, { etag: '"a"', ignoreIfRange: false })).toBe(false);
    expect(isResourceModified(conditions, { etag: '"b"', ignoreIfRange: false })).toBe(true);
    expect(isResourceModified(conditions, { etag: '"a"' })).toBe(true);
    expect(isResourceModified({ ifRange: '"a"' }, { etag: '"a"', ignoreIfRange: false })).toBe(
      true,
    );
  });

  it('reads the conditions of an environ, for GET and HEAD', () => {
    const environ = { REQUEST_METHOD: 'GET', HTTP_IF_MODIFIED_SINCE: NOON };
    expect(isResourceModified(environ, { lastModified: noon })).toBe(false);
    expect(isResourceModified({ ...environ, REQUEST_METHOD: 'HEAD' })).toBe(true);
    expect(isResourceModified({ ...environ, REQUEST_METHOD: 'POST' })).toBe(false);
  });

  it('makes the tag of the content, but not beside a tag', () => {
    const ifNoneMatch = `"${generateEtag('content')}"`;
    expect(isResourceModified({ ifNoneMatch }, { data: 'content' })).toBe(false);
    expect(isResourceModified({ ifNoneMatch }, { data: 'other' })).toBe(true);
    expect(() => isResourceModified({}, { data: '', etag: '"a"' })).toThrow(ArgumentError);
  });
});
