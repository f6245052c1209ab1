import { escapeHtml } from '@werkstatt/core';
import { redirect } from '@werkstatt/wrappers';
import type { Calls } from './call.ts';

/** Calls of redirects. */
export const redirectCalls: Calls = {
  async redirect(location: string, code?: number) {
    const response = redirect(location, code);
    const target = response.headers.get('Location', '');
    const page = await response.text();
    return {
      statusCode: response.statusCode,
      location: target,
      contentType: response.contentType,
      bodyHasLink: page.includes(escapeHtml(target)),
    };
  },
  redirectBody: (location: string) => redirect(location).text(),
};
