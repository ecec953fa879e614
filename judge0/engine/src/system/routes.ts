import { type RequestHandler, type Response, Router } from 'express';
import type { Settings } from '../config.js';
import type { SlotPool } from '../execution/slots.js';
import { requireAuthorization } from '../http/access.js';
import { sendEmpty } from '../http/rails-errors.js';
import type { SubmissionService } from '../submissions/service.js';
import { STATUSES } from '../submissions/status.js';
import { type EngineInfo, configInfo } from './config-info.js';

/** The release whose HTTP contract this engine keeps. */
export const JUDGE0_VERSION = '1.13.1';

export interface SystemRouteDeps {
  settings: Settings;
  slots: SlotPool;
  service: SubmissionService;
  engine: EngineInfo;
}

const sendText = (res: Response, text: string) => res.type('text/plain; charset=utf-8').send(text);

/** What the engine tells about itself. */
export function systemRoutes(deps: SystemRouteDeps, guarded: RequestHandler): Router {
  const { settings, slots, service, engine } = deps;
  const router = Router();
  router.get('/', (_req, res) => sendEmpty(res, 200));
  router.get('/statuses', guarded, (_req, res) => void res.json(STATUSES));
  router.get('/config_info', guarded, (_req, res) => void res.json(configInfo(settings, engine)));
  router.get('/version', guarded, (_req, res) => void sendText(res, JUDGE0_VERSION));
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
