import {
  dumpQuery,
  getCurrentUrl,
  iriToUri,
  MultiDict,
  parseQuery,
  uriToIri,
} from '@werkstatt/core';
import type { Calls } from './call.ts';
import { environOf } from './request-spec.ts';

type QueryValue = string | number | null;
type Query = [key: string, value: QueryValue][] | Record<string, QueryValue | QueryValue[]>;

/** The calls of `urls`. */
export const urlCalls: Calls = {
  iriToUri: (iri: string) => iriToUri(iri),
  uriToIri: (uri: string) => uriToIri(uri),
  parseQueryString: (query: string) => new MultiDict(parseQuery(query)).items({ multi: true }),
  parseQueryStringLists: (query: string) => new MultiDict(parseQuery(query)).lists(),
  dumpQueryString: (query: Query) => dumpQuery(query),
  getCurrentUrl: (
    scheme: 'http' | 'https',
    host: string,
    rootPath?: string,
    path?: string,
    queryString?: string,
  ) => getCurrentUrl(environOf({ scheme, headers: [['Host', host]], rootPath, path, queryString })),
};
