import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Settings } from '../config.js';
import { requireAuthorization } from '../http/access.js';
import { sendRailsError } from '../http/rails-errors.js';
import type { LanguageCatalog } from '../languages/catalog.js';
import { type Parameters, toInteger } from './parameters.js';
import { NotUtf8Error, parseFields, serializeSubmission } from './serialize.js';
import type { SubmissionService } from './service.js';
import { STATUS, statusOf } from './status.js';
import type { SubmissionStore } from './store.js';
import type { Submission } from './submission.js';
import { validateSubmission } from './validate.js';

export interface SubmissionRouteDeps {
  settings: Settings;
  catalog: LanguageCatalog;
  service: SubmissionService;
  store: SubmissionStore;
}

const ONE_NOT_UTF8 =
  'some attributes for this submission cannot be converted to UTF-8, use base64_encoded=true query parameter';
const SOME_NOT_UTF8 =
  'some attributes for one or more submissions cannot be converted to UTF-8, use base64_encoded=true query parameter';

/** Parameters of query and body together; the body wins, as in Rails. */
function parametersOf(req: Request): Parameters {
  const body: unknown = req.body;
  const fromBody =
    typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Parameters) : {};
  return { ...req.query, ...fromBody };
}

const isTrue = (req: Request, name: string) => parametersOf(req)[name] === 'true';

/** Asked-for fields, or null after the 400 is sent. */
function fieldsOf(req: Request, res: Response): string[] | null {
  const value = parametersOf(req).fields;
  const { fields, invalid } = parseFields(typeof value === 'string' ? value : undefined);
  if (invalid.length === 0) return fields;
  res.status(400).json({ error: `invalid fields: [${invalid.join(', ')}]` });
  return null;
}

/** Every call about submissions, single and in batches. */
export function submissionRoutes(deps: SubmissionRouteDeps, guarded: RequestHandler): Router {
  const { settings, catalog, service, store } = deps;
  const router = Router();
  const serialize = (submission: Submission, fields: string[], base64: boolean) =>
    serializeSubmission(submission, fields, base64, catalog);

  const refuseMaintenance: RequestHandler = (_req, res, next) => {
    if (settings.MAINTENANCE_MODE) res.status(503).json({ error: settings.MAINTENANCE_MESSAGE });
    else next();
  };
  const refuseFullQueue: RequestHandler = (_req, res, next) => {
    if (service.isQueueFull()) res.status(503).json({ error: 'queue is full' });
    else next();
  };
  const authorize = requireAuthorization(settings);

  const create: RequestHandler = async (req, res) => {
    const wait = isTrue(req, 'wait');
    const base64 = isTrue(req, 'base64_encoded');
    if (wait && !settings.ENABLE_WAIT_RESULT) return void res.status(400).json({ error: 'wait not allowed' });
    const fields = fieldsOf(req, res);
    if (!fields) return;
    const { request, errors } = validateSubmission(parametersOf(req), base64, settings, catalog);
    if (errors) return void res.status(422).json(errors);
    const submission = service.submit(request);
    if (!wait) return void res.status(201).json({ token: submission.token });
    await service.finished(submission);
    try {
      res.status(201).json(serialize(submission, fields, base64));
    } catch (error) {
      if (!(error instanceof NotUtf8Error)) throw error;
      res.status(201).json({ error: ONE_NOT_UTF8, token: submission.token });
    }
  };

  const show: RequestHandler = (req, res) => {
    const submission = store.find(String(req.params.token));
    if (!submission) return sendRailsError(req, res, 404);
    const fields = fieldsOf(req, res);
    if (!fields) return;
    try {
      res.json(serialize(submission, fields, isTrue(req, 'base64_encoded')));
    } catch (error) {
      if (!(error instanceof NotUtf8Error)) throw error;
      res.status(400).json({ error: ONE_NOT_UTF8 });
    }
  };

  const index: RequestHandler = (req, res) => {
    const { page: pageText, per_page: perPageText } = parametersOf(req);
    const page = toInteger(pageText ?? 1) ?? 0;
    const perPage = toInteger(perPageText ?? 20) ?? 0;
    if (!(page > 0))
      return void res.status(400).json({ error: `invalid page: ${Number.isNaN(page) ? 0 : page}` });
    if (perPage < 0) return void res.status(400).json({ error: `invalid per_page: ${perPage}` });
    const fields = fieldsOf(req, res);
    if (!fields) return;
    const all = store.list();
    const chosen = all.slice((page - 1) * perPage, page * perPage);
    const pages = perPage === 0 ? 0 : Math.ceil(all.length / perPage);
    sendMany(res, () => ({
      submissions: chosen.map((submission) => serialize(submission, fields, isTrue(req, 'base64_encoded'))),
      meta: {
        current_page: page,
        next_page: page < pages ? page + 1 : null,
        prev_page: page > 1 ? page - 1 : null,
        total_pages: pages,
        total_count: all.length,
      },
    }));
  };

  const destroy: RequestHandler = (req, res) => {
    if (!settings.ENABLE_SUBMISSION_DELETE) return void res.status(400).json({ error: 'delete not allowed' });
    const submission = store.find(String(req.params.token));
    if (!submission) return sendRailsError(req, res, 404);
    const fields = fieldsOf(req, res);
    if (!fields) return;
    const { id, description } = statusOf(submission.result.statusId);
    if (id === STATUS.inQueue || id === STATUS.processing) {
      const error = `submission cannot be deleted because its status is ${id} (${description})`;
      return void res.status(400).json({ error });
    }
    store.remove(submission.token);
    res.json(serialize(submission, fields, true));
  };

  const cancel: RequestHandler = (req, res) => {
    res.json({ cancelled: service.cancel(String(req.params.group)) });
  };

  router.delete('/submissions/groups/:group', guarded, cancel);
  router.post('/submissions', guarded, refuseMaintenance, refuseFullQueue, create);
  router.get('/submissions', guarded, authorize, index);
  router.post('/submissions/batch', guarded, refuseFullQueue, batchCreate(deps));
  router.get('/submissions/batch', guarded, batchShow(deps, serialize));
  router.get('/submissions/:token', guarded, show);
  router.delete('/submissions/:token', guarded, authorize, refuseMaintenance, destroy);
  return router;
}

function sendMany(res: Response, make: () => object): void {
  try {
    res.json(make());
  } catch (error) {
    if (!(error instanceof NotUtf8Error)) throw error;
    res.status(400).json({ error: SOME_NOT_UTF8 });
  }
}

/** The batch's size is allowed; otherwise the 400 is sent. */
function checkBatch(settings: Settings, size: number, res: Response): boolean {
  const max = settings.MAX_SUBMISSION_BATCH_SIZE;
  const error = !settings.ENABLE_BATCHED_SUBMISSIONS
    ? 'batched submissions are not allowed'
    : size > max
      ? `number of submissions in a batch should be less than or equal to ${max}`
      : size === 0
        ? 'there should be at least one submission in a batch'
        : null;
  if (error) res.status(400).json({ error });
  return error === null;
}

function batchCreate({ settings, catalog, service }: SubmissionRouteDeps): RequestHandler {
  return (req, res) => {
    const given = parametersOf(req).submissions;
    const items = Array.isArray(given) ? (given as unknown[]) : [];
    if (!checkBatch(settings, items.length, res)) return;
    const base64 = isTrue(req, 'base64_encoded');
    const answers = items.map((item) => {
      const input = typeof item === 'object' && item !== null ? (item as Parameters) : {};
      const { request, errors } = validateSubmission(input, base64, settings, catalog);
      return errors ?? { token: service.submit(request).token };
    });
    res.status(answers.some((answer) => 'token' in answer) ? 201 : 422).json(answers);
  };
}

type Serialize = (submission: Submission, fields: string[], base64: boolean) => object;

function batchShow({ settings, store }: SubmissionRouteDeps, serialize: Serialize): RequestHandler {
  return (req, res) => {
    const query = req.query.tokens;
    const text = req.get('tokens') ?? (typeof query === 'string' ? query : '');
    const tokens = text.split(',').filter(Boolean);
    if (!checkBatch(settings, tokens.length, res)) return;
    const fields = fieldsOf(req, res);
    if (!fields) return;
    const base64 = isTrue(req, 'base64_encoded');
    sendMany(res, () => ({
      submissions: tokens.map((token) => {
        const submission = store.find(token);
        return submission ? serialize(submission, fields, base64) : null;
      }),
    }));
  };
}
