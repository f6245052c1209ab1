import { dumpAge, type Headers, httpDate, parseAge, parseDate } from '@werkstatt/core';

/** What a field of a date can be set to: a time, seconds since 1970, or null to remove it. */
export type DateInit = Date | number | null | undefined;

/** Sets a field, or removes it. */
export function setField(
  headers: Headers,
  name: string,
  value: string | number | null | undefined,
): void {
  if (value === null || value === undefined) headers.remove(name);
  else headers.set(name, value);
}

/** The date of a field; `undefined` while it is missing or none. */
export function getDate(headers: Headers, name: string): Date | undefined {
  return parseDate(headers.find(name)) ?? undefined;
}

/** Sets a field to a date (RFC 9110, section 5.6.7), or removes it. */
export function setDate(headers: Headers, name: string, date: DateInit): void {
  setField(headers, name, date === null || date === undefined ? date : httpDate(date));
}

/** The seconds of a field; `undefined` while it is missing or no whole number. */
export function getSeconds(headers: Headers, name: string): number | undefined {
  return parseAge(headers.find(name)) ?? undefined;
}

/** Sets a field to a number of seconds, without its fraction, or removes it. */
export function setSeconds(
  headers: Headers,
  name: string,
  seconds: number | null | undefined,
): void {
  setField(headers, name, dumpAge(seconds));
}
