import { type RequestHandler, type Response, Router } from 'express';
import type { Settings } from '../config.js';
import type { SlotPool } from '../execution/slots.js';
import { checkAddress, requireAuthorization } from '../http/access.js';
import { sendEmpty } from '../http/rails-errors.js';
import type { SubmissionService } from '../submissions/service.js';
import { STATUSES } from '../submissions/status.js';
import { type EngineInfo, configInfo } from './config-info.js';
import { DOCS_PAGE } from './docs-page.js';
import type { Metrics } from './metrics.js';
import type { Statistics } from './statistics.js';
import { systemInfo } from './system-info.js';

/** The release whose HTTP contract this engine keeps. */
export const JUDGE0_VERSION = '1.13.1';

export interface SystemRouteDeps {
  settings: Settings;
  slots: SlotPool;
  service: SubmissionService;
  engine: EngineInfo;
  statistics: Statistics;
  metrics: Metrics;
}

const LICENSE =
  "This engine is part of coding-platform. It keeps Judge0's HTTP contract and contains none of Judge0's code.\n";

const sendText = (res: Response, text: string) => res.type('text/plain; charset=utf-8').send(text);

/** What the engine tells about itself. */
export function systemRoutes(deps: SystemRouteDeps, guarded: RequestHandler): Router {
  const { settings, slots, service, engine, statistics, metrics } = deps;
  const router = Router();
  const docs: RequestHandler = (_req, res) => void res.type('text/html').send(DOCS_PAGE);
  router.get('/', settings.USE_DOCS_AS_HOMEPAGE ? docs : (_req, res) => sendEmpty(res, 200));
  router.get(['/docs', '/docs.html'], docs);
  router.get('/statuses', guarded, (_req, res) => void res.json(STATUSES));
  router.get('/config_info', guarded, (_req, res) => void res.json(configInfo(settings, engine)));
  router.get('/version', guarded, (_req, res) => void sendText(res, JUDGE0_VERSION));
  router.get('/isolate', guarded, (_req, res) => void sendText(res, `${engine.sandboxName}\n`));
  router.get('/license', guarded, (_req, res) => void sendText(res, LICENSE));
  router.get('/system_info', guarded, async (_req, res) => void res.json(await systemInfo()));
  router.get('/statistics', guarded, (req, res) => {
    res.json(statistics.report(req.query.invalidate_cache === 'true'));
  });
  router.get('/metrics', checkAddress(settings), async (_req, res) => {
    res.type(metrics.contentType).send(await metrics.text());
  });
  router.get('/about', guarded, (_req, res) => {
    res.json({
      version: JUDGE0_VERSION,
      homepage: 'https://judge0.com',
      source_code: 'https://github.com/judge0/judge0',
      maintainer: 'coding-platform',
      engine: `@coding-platform/engine ${engine.version}`,
    });
  });
  router.get('/workers', guarded, (_req, res) => {
    const { waiting, failed } = service.queue();
    const working = slots.busy();
    const { size } = slots;
    res.json([
      {
        queue: JUDGE0_VERSION,
        size: waiting,
        available: size,
        idle: size - working,
        working,
        paused: 0,
        failed,
      },
    ]);
  });
  router.post('/authenticate', guarded, (_req, res) => sendEmpty(res, 200));
  router.post('/authorize', guarded, requireAuthorization(settings), (_req, res) => sendEmpty(res, 200));
  return router;
}
