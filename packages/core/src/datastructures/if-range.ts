import { httpDate } from '../dates/http-date.ts';
import { parseDate } from '../dates/parse-date.ts';
import { quoteEtag, unquoteEtag } from '../http/etag.ts';
import { StructuredHeader } from './structured-header.ts';

/** What an `IfRange` can be made of; one of both, or nothing. */
export interface IfRangeInit {
  /** A strong tag, without quotes. */
  etag?: string | null | undefined;
  date?: Date | null | undefined;
}

/**
 * When a client still wants a range: only if what it has a part of has this tag, or this date
 * (`If-Range`, RFC 9110 section 13.1.5). It cannot be changed.
 */
export class IfRange extends StructuredHeader {
  /** The tag, without quotes. */
  readonly etag: string | null;
  readonly date: Date | null;

  constructor({ etag, date }: IfRangeInit = {}) {
    super();
    this.etag = etag ?? null;
    this.date = date ?? null;
  }

  /** Parses a header; a weak tag is left out, for it does not tell whether a range fits. */
  static fromHeader(header: string | null | undefined): IfRange {
    const date = header ? parseDate(header) : null;
    if (date) return new IfRange({ date });
    const [etag, weak] = unquoteEtag(header);
    return weak ? new IfRange() : new IfRange({ etag });
  }

  /** The header's value; `''` when there is neither a tag nor a date. */
  override toHeader(): string {
    if (this.date) return httpDate(this.date);
    return this.etag === null ? '' : quoteEtag(this.etag);
  }
}
