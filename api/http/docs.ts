import path from 'node:path';
import express, { Router } from 'express';
import { apiBase, openApiDocument } from '../openapi/document';
import { problemKinds } from './problemKinds';

// The package's own entry would load the whole page into this process just to say where it lies.
const assets = path.dirname(require.resolve('swagger-ui-dist/package.json'));

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Dunwell API</title>
<link rel="stylesheet" href="/api/docs/assets/swagger-ui.css"></head>
<body><div id="api"></div><script src="/api/docs/assets/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body>
</html>`;

// In a file of its own, since the content security policy lets nothing run that stands in a page.
const start = `SwaggerUIBundle({ url: '${apiBase}/openapi.json', dom_id: '#api', deepLinking: true, docExpansion: 'list', tagsSorter: 'alpha', validatorUrl: null,
  requestInterceptor: async (request) => {
    if (request.method && request.method !== 'GET' && !request.headers.Authorization) {
      const session = await fetch('${apiBase}/session');
      if (session.ok) request.headers['X-CSRF-Token'] = (await session.json()).csrfToken;
    }
    return request;
  } });`;

const problemsPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Problems of the Dunwell API</title></head>
<body><main><h1>Problems</h1><p>What <code>type</code> of an error can be. <a href="/api/docs">The API</a></p>
<dl>${Object.entries(problemKinds).map(([kind, text]) => `<dt id="${kind}"><code>${kind}</code></dt><dd>${text}</dd>`).join('\n')}</dl></main></body>
</html>`;

/** The OpenAPI document, and a page to read and try it; all of it served from here. */
export function docs(): Router {
  const router = Router();
  const document = JSON.stringify(openApiDocument());
  router.get(`${apiBase.slice('/api'.length)}/openapi.json`, (_request, response) => {
    response.type('application/json').send(document);
  });
  router.get('/docs', (_request, response) => {
    response.type('text/html').send(page);
  });
  router.get('/docs/problems', (_request, response) => {
    response.type('text/html').send(problemsPage);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('text/javascript').send(start);
  });
  router.use('/docs/assets', express.static(assets, { index: false, maxAge: '1h' }));
  return router;
}
