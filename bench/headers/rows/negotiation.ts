import { OURS, type Row, row } from '../row.ts';
import { valuesOf } from '../values.ts';

const TYPES = ['application/json', 'text/html'];
const LANGUAGES = ['en', 'de', 'fr', 'zh-CN'];
const ENCODINGS = ['br', 'gzip', 'identity'];

/** Rows of headers from which an offer is chosen. */
export const NEGOTIATION_ROWS: readonly Row[] = [
  row(
    'Accept, of 2',
    valuesOf('Accept'),
    {
      [OURS]: async () => {
        const { MIMEAccept } = await import('@werkstatt/core');
        return (value: string) => MIMEAccept.fromHeader(value).bestMatch(TYPES);
      },
      negotiator: async () => {
        const { default: Negotiator } = await import('negotiator');
        return (accept: string) => new Negotiator({ headers: { accept } }).mediaType(TYPES);
      },
      '@hapi/accept': async () => {
        const { default: accept } = await import('@hapi/accept');
        return (value: string) => accept.mediaType(value, TYPES);
      },
    },
    { hostile: 'Accept', unequal: 'ours keeps parameters and can be asked again' },
  ),
  row(
    'Accept-Language, of 4',
    valuesOf('Accept-Language'),
    {
      [OURS]: async () => {
        const { LanguageAccept } = await import('@werkstatt/core');
        return (value: string) => LanguageAccept.fromHeader(value).bestMatch(LANGUAGES);
      },
      negotiator: async () => {
        const { default: Negotiator } = await import('negotiator');
        return (value: string) =>
          new Negotiator({ headers: { 'accept-language': value } }).language(LANGUAGES);
      },
      '@hapi/accept': async () => {
        const { default: accept } = await import('@hapi/accept');
        return (value: string) => accept.language(value, LANGUAGES);
      },
    },
    {
      hostile: 'Accept-Language',
      unequal: 'ours falls back to primary tags; @hapi/accept compares whole tags alone',
    },
  ),
  row(
    'Accept-Encoding, of 3',
    valuesOf('Accept-Encoding'),
    {
      [OURS]: async () => {
        const { Accept } = await import('@werkstatt/core');
        return (value: string) => Accept.fromHeader(value).bestMatch(ENCODINGS);
      },
      negotiator: async () => {
        const { default: Negotiator } = await import('negotiator');
        return (value: string) =>
          new Negotiator({ headers: { 'accept-encoding': value } }).encoding(ENCODINGS);
      },
      '@hapi/accept': async () => {
        const { default: accept } = await import('@hapi/accept');
        return (value: string) => accept.encoding(value, ENCODINGS);
      },
    },
    { hostile: 'Accept-Encoding' },
  ),
];
