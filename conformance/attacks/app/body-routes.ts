import { BadRequest } from '@werkstatt/core';
import { Response } from '@werkstatt/wrappers';
import { post, type Routes } from './route.ts';
import { toObject } from './telling-routes.ts';

/** Routes that take a body. */
export const bodyRoutes: Routes = {
  '/form': post(async (request) => {
    const fields = toObject(await request.form());
    const names = [...(await request.files()).values()].map(({ filename }) => filename);
    return Response.json({ fields, files: names });
  }),
  '/json': post(async (request) => {
    const value = await request.json();
    if (typeof value !== 'object' || value === null) throw new BadRequest('This is no object.');
    return Response.json(Object.keys(value));
  }),
  '/upload': post(async (request) => {
    const files = await request.files(); // which the end of the request removes
    return Response.json({ files: [...files.keys()].length });
  }),
};
