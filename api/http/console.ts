import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { Router } from 'express';

/** The built console. Its files carry a hash in their names; every other path is a page of the console and gets its one HTML file. */
export function console(folder: string): Router {
  const router = Router();
  const index = path.join(folder, 'index.html');
  router.use('/assets', express.static(path.join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }));
  router.use(express.static(folder, { index: false, maxAge: 0 }));
  router.get(/^(?!\/api\/|\/assets\/).*/, (request, response, next) => {
    if (!request.accepts('html') || !existsSync(index)) return next();
    response.setHeader('cache-control', 'no-cache');
    response.sendFile(index);
  });
  return router;
}
