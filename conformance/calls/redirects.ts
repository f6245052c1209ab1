import { escapeHtml } from '@werkstatt/core';
import { appendSlashRedirect, redirect } from '@werkstatt/wrappers';
import type { Calls } from './call.ts';
import { environOf, type RequestSpec } from './request-spec.ts';

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
  appendSlashRedirect(request: RequestSpec, code?: number) {
    const response = appendSlashRedirect(environOf(request), code);
    return { statusCode: response.statusCode, location: response.headers.get('Location') };
  },
  redirectBody: (location: string) => redirect(location).text(),
};
