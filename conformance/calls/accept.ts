import { Accept, CharsetAccept, LanguageAccept, MIMEAccept } from '@werkstatt/core';
import type { Calls } from './call.ts';

const CLASSES = { Accept, MIMEAccept, LanguageAccept, CharsetAccept } as const;
type ClassName = keyof typeof CLASSES;

function parse(name: ClassName, header: string | null): Accept {
  return CLASSES[name].fromHeader(header);
}

/** The calls of `http-accept`. */
export const acceptCalls: Calls = {
  parseAccept: (name: ClassName, header: string | null) => parse(name, header),
  acceptFromPairs: (name: ClassName, pairs: [value: string, quality: number][]) =>
    new CLASSES[name](pairs),
  acceptBestMatch: (name: ClassName, header: string | null, offers: string[], other?: string) =>
    parse(name, header).bestMatch(offers, other),
  acceptQuality: (name: ClassName, header: string | null, value: string) =>
    parse(name, header).quality(value),
  acceptHas: (name: ClassName, header: string | null, value: string) =>
    parse(name, header).has(value),
  acceptFind: (name: ClassName, header: string | null, value: string) =>
    parse(name, header).find(value),
  acceptBest: (name: ClassName, header: string | null) => parse(name, header).best,
  acceptToHeader: (name: ClassName, header: string | null) => parse(name, header).toHeader(),
  acceptValues: (name: ClassName, header: string | null) => parse(name, header).values(),
  mimeAcceptFlags(header: string | null) {
    const { acceptHtml, acceptXhtml, acceptJson } = MIMEAccept.fromHeader(header);
    return { acceptHtml, acceptXhtml, acceptJson };
  },
};
