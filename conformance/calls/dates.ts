import { dumpAge, httpDate, parseAge, parseDate } from '@werkstatt/core';
import type { Calls } from './call.ts';

/** The calls of `http-dates`. */
export const dateCalls: Calls = {
  parseDate: (header: string | null) => parseDate(header),
  httpDate: (when: string | number) => httpDate(typeof when === 'string' ? new Date(when) : when),
  parseAge: (header: string | null) => parseAge(header),
  dumpAge: (seconds: number | null) => dumpAge(seconds),
};
