import express, { type Express } from 'express';
import helmet from 'helmet';
import { authRoutes } from './features/auth/routes.js';
import { createAuthService } from './features/auth/service.js';
import { courseRoutes } from './features/courses/routes.js';
import { createCourseService } from './features/courses/service.js';
import { dashboardRoutes } from './features/dashboard/routes.js';
import { createDashboardService } from './features/dashboard/service.js';
import { draftRoutes } from './features/drafts/routes.js';
import { createDraftService } from './features/drafts/service.js';
import { enrolmentRoutes } from './features/enrolments/routes.js';
import { healthRoutes } from './features/health/routes.js';
import { createHealthService } from './features/health/service.js';
import { lessonRoutes } from './features/lessons/routes.js';
import { createLessonService } from './features/lessons/service.js';
import { problemRoutes } from './features/problems/routes.js';
import { createProblemService } from './features/problems/service.js';
import { runRoutes } from './features/runs/routes.js';
import { createRunService } from './features/runs/service.js';
import type { ProgressFeed } from './features/submissions/progress-feed.js';
import { submissionRoutes } from './features/submissions/routes.js';
import { createSubmissionService } from './features/submissions/service.js';
import { authenticate, type VerifyToken } from './http/authenticate.js';
import { docsRouter } from './http/docs.js';
import { errorHandler, unknownRoute } from './http/error-handler.js';
import { requestLog } from './http/request-log.js';
import { storableReviver } from './http/storable-text.js';
import { createLanguageCatalog } from './judge/catalog.js';
import type { JudgeClient } from './judge/client.js';
import type { Logger } from './lib/logger.js';
import type { Supabase } from './lib/supabase.js';
import { createOpenApi, type RouteTable } from './openapi.js';

export interface Dependencies {
  supabase: Supabase;
  verifyToken: VerifyToken;
  judge: JudgeClient | null;
  feed: ProgressFeed;
  logger: Logger;
  appUrl: string;
  version: string;
  isDraining: () => boolean;
}

/** Every route of the api on one screen. */
const createRouteTable = ({
  supabase,
  judge,
  feed,
  appUrl,
  version,
  isDraining,
}: Dependencies): RouteTable => {
  const auth = createAuthService({ supabase, appUrl });
  const problems = createProblemService({ supabase, catalog: createLanguageCatalog(judge) });
  const courses = createCourseService({ supabase, auth, problems });
  const submissions = createSubmissionService({ supabase, problems, feed });

  const account = authRoutes({ auth });
  const course = courseRoutes({ courses });
  const draft = draftRoutes({ drafts: createDraftService({ supabase }) });
  const submission = submissionRoutes({ submissions });
  const { health, ready } = healthRoutes({
    health: createHealthService({ supabase, judge, version, isDraining }),
  });
  return [
    ['POST', '/api/auth/register', account.register],
    ['POST', '/api/auth/login', account.login],
    ['POST', '/api/auth/refresh', account.refresh],
    ['POST', '/api/auth/logout', account.logout],
    ['POST', '/api/auth/password-reset', account.passwordReset],
    ['POST', '/api/auth/password-reset/confirm', account.passwordResetConfirm],
    ['GET', '/api/me', account.me],
    [
      'GET',
      '/api/dashboard',
      dashboardRoutes({ dashboards: createDashboardService({ courses, submissions }) }).read,
    ],
    ['GET', '/api/courses', course.list],
    ['GET', '/api/courses/:slug', course.read],
    [
      'GET',
      '/api/courses/:slug/lessons/:lesson',
      lessonRoutes({ lessons: createLessonService({ supabase, problems }) }).read,
    ],
    ['POST', '/api/enrolments', enrolmentRoutes({ supabase }).create],
    ['GET', '/api/problems/:slug', problemRoutes({ problems }).read],
    ['GET', '/api/drafts/:problemSlug/:languageId', draft.read],
    ['PUT', '/api/drafts/:problemSlug/:languageId', draft.save],
    ['POST', '/api/runs', runRoutes({ runs: createRunService({ judge, problems }) }).create],
    ['POST', '/api/submissions', submission.create],
    ['GET', '/api/submissions', submission.list],
    ['GET', '/api/submissions/:id', submission.read],
    ['GET', '/api/submissions/:id/events', submission.events],
    ['GET', '/api/health', health],
    ['GET', '/api/ready', ready],
  ];
};

/** The api as an Express app: order of middleware, then the route table, then the answers to what is left. */
export const createApp = (dependencies: Dependencies): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.use(requestLog(dependencies.logger));
  app.use(helmet({ contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } } }));
  const table = createRouteTable(dependencies);
  // Source and input may have 64 KiB each, and JSON may write a character in up to six.
  const json = express.json({ limit: '1mb', reviver: storableReviver });
  const signedIn = authenticate(dependencies.verifyToken);
  for (const [method, path, endpoint] of table) {
    const guards = endpoint.access === 'user' ? [signedIn] : [];
    app[method.toLowerCase() as 'get' | 'post' | 'put'](path, ...guards, json, endpoint.handler);
  }
  app.use('/api', docsRouter(createOpenApi(table, dependencies.version)));
  app.use(unknownRoute);
  app.use(errorHandler);
  return app;
};
