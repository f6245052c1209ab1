import { BadRequest, type HeaderField, isToken } from '@werkstatt/core';

const NOT_IN_LINE = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * The fields of a part's header, with folded lines joined (RFC 5322 section 2.2.3), values untrimmed.
 *
 * @param header one code unit per octet, each line with its newline.
 * @throws BadRequest when a line is no field, or has what no field can have.
 */
export function parsePartFields(header: string, newline: string): HeaderField[] {
  const fields: [name: string, value: string][] = [];
  for (const line of header.split(newline).slice(0, -1)) {
    if (NOT_IN_LINE.test(line))
      throw malformed('The header of a part has a control character in it.');
    if (line.startsWith(' ') || line.startsWith('\t')) {
      const folded = fields.at(-1);
      if (!folded) throw malformed('The header of a part begins with a blank.');
      folded[1] += ` ${line.slice(1)}`;
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0));
    if (!isToken(name)) throw malformed('The header of a part has a line without a field name.');
    fields.push([name, line.slice(colon + 1)]);
  }
  return fields;
}

/** The error about a malformed body. */
export function malformed(what: string, cause?: unknown): BadRequest {
  return new BadRequest(
    `The form data is malformed. ${what}`,
    cause === undefined ? {} : { cause },
  );
}
