import { describe, expect, it } from 'vitest';
import { Response } from '../response/response.ts';
import { testEnviron } from '../testing/environ.ts';
import { Request } from './request.ts';

describe('getResponse', () => {
  it('runs an application with the request', async () => {
    const request = new Request(testEnviron({ path: '/p' }));
    const app = Request.application((r) => new Response(r.path, { status: 201 }));
    const response = await request.getResponse(app);
    expect(response.status).toBe('201 Created');
    expect(response.isStreamed).toBe(false);
    expect(await response.text()).toBe('/p');
  });
});
