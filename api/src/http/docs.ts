import express, { Router } from 'express';
import { getAbsoluteFSPath } from 'swagger-ui-dist';
import { documentationPolicy } from './security-headers.js';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Coding Platform API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<main id="swagger-ui"></main>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>`;

const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui', deepLinking: true });`;

/** GET /api/openapi.json and a browsable page of it at /api/docs, with all files from this server. */
export const docsRouter = (document: object): Router => {
  const router = Router();
  const json = JSON.stringify(document);
  router.get('/openapi.json', (_request, response) => {
    response.type('json').send(json);
  });
  router.get('/docs', documentationPolicy, (_request, response) => {
    response.type('html').send(page);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('js').send(start);
  });
  router.use('/docs', (_request, response, next) => {
    response.removeHeader('Cache-Control');
    next();
  });
  router.use('/docs', express.static(getAbsoluteFSPath(), { index: false, maxAge: '1d' }));
  return router;
};
