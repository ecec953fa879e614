import type { ActionFunction, ServerBuild } from '@remix-run/node';
import type { RequestHandler } from 'express';
import { ownerField, ownerHeader, ownerParameter } from '../app/lib/page-owner-names.js';
import { isOtherOwner, otherOwnerAnswer } from '../app/lib/page-owner.server.js';
import { getOptionalSession, readSession } from '../app/lib/session.server.js';
import { requestIdOf } from './request-id.js';

/** Forms that ask nothing of the session: they make one, or work without. */
const openPaths = new Set([
  '/login',
  '/register',
  '/forgot-password',
  '/reset-password',
  '/confirm',
  '/confirm-email',
  '/invitation',
  '/theme',
]);

/** True for a form that anybody may send, whoever is signed in. */
export const isOpenPath = (path: string): boolean => openPaths.has(path.replace(/(\.data|\/)$/, ''));

const named = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * Refuses a call of a page's script in the name of somebody who is no longer the one signed in here (409), before
 * anything is read or written. Pages that are opened name nobody; forms without script are looked at by `guardActions`.
 */
export function refuseOtherOwner(): RequestHandler {
  return (req, res, next) => {
    const owner =
      req.get(ownerHeader) ?? (req.method === 'GET' ? named(req.query[ownerParameter]) : undefined);
    if (owner === undefined || isOpenPath(req.path)) return next();
    // A visitor's page may read what is there after a sign-in in another tab; it has nobody's work in it.
    if (owner === '' && req.method === 'GET') return next();
    readSession(req.headers.cookie ?? null).then((session) => {
      if (!session || !isOtherOwner(owner, session)) return next();
      const { body, headers } = otherOwnerAnswer(session, requestIdOf(req));
      res.status(409).set(headers).json(body);
    }, next);
  };
}

const isUpload = (request: Request): boolean =>
  (request.headers.get('Content-Type') ?? '').startsWith('multipart/form-data');

/** Whom a form names; null when it names nobody. A file is not read for it: its form says it in the address. */
async function ownerInForm(request: Request): Promise<string | null> {
  const inAddress = new URL(request.url).searchParams.get(ownerParameter);
  if (inAddress !== null || (isUpload(request) && !smallUpload(request))) return inAddress;
  const form = await request
    .clone()
    .formData()
    .catch(() => null);
  const value = form?.get(ownerField);
  return typeof value === 'string' ? value : null;
}

const smallUploadBytes = 1024 * 1024;

const smallUpload = (request: Request): boolean =>
  Number(request.headers.get('Content-Length') ?? Number.POSITIVE_INFINITY) <= smallUploadBytes;

const guard =
  (action: ActionFunction): ActionFunction =>
  async (args) => {
    const { request, context } = args;
    const session = await getOptionalSession(request);
    const checked = request.headers.has(ownerHeader) || isOpenPath(new URL(request.url).pathname);
    if (session && !checked && isOtherOwner(await ownerInForm(request), session)) {
      const { body, headers } = otherOwnerAnswer(session, String(context['requestId']));
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- how Remix takes an answer
      throw Response.json(body, { status: 409, headers });
    }
    return action(args);
  };

/** The build with every action behind the same rule: a form says whose page it comes from, or nothing is done. */
export function guardActions(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => {
    if (!route?.module.action) return [id, route] as const;
    return [id, { ...route, module: { ...route.module, action: guard(route.module.action) } }] as const;
  });
  return { ...build, routes: Object.fromEntries(routes) };
}
