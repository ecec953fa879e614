import type { Cache } from './cache/cache.js';
import { accountRoutes } from './features/account/routes.js';
import { createAccountService } from './features/account/service.js';
import { cacheRoutes } from './features/cache/routes.js';
import { createCacheService } from './features/cache/service.js';
import { adminRoutes } from './features/admin/routes.js';
import { auditRoutes } from './features/audit/routes.js';
import { authRoutes } from './features/auth/routes.js';
import { createAuthService } from './features/auth/service.js';
import { courseRoutes } from './features/courses/routes.js';
import { createCourseService } from './features/courses/service.js';
import { dashboardRoutes } from './features/dashboard/routes.js';
import { createDashboardService } from './features/dashboard/service.js';
import { draftRoutes } from './features/drafts/routes.js';
import { createDraftService } from './features/drafts/service.js';
import { enrolmentRoutes } from './features/enrolments/routes.js';
import { createEnrolmentService } from './features/enrolments/service.js';
import { fileRoutes } from './features/files/routes.js';
import { createFileService, type FileParts } from './features/files/service.js';
import { healthRoutes } from './features/health/routes.js';
import { createHealthService } from './features/health/service.js';
import { invitationRoutes } from './features/invitations/routes.js';
import { createInvitationService } from './features/invitations/service.js';
import type { InvitationTokens } from './features/invitations/tokens.js';
import { lessonRoutes } from './features/lessons/routes.js';
import { createLessonService } from './features/lessons/service.js';
import { organizationRoutes } from './features/organizations/routes.js';
import { createOrganizationService } from './features/organizations/service.js';
import { sloRoutes } from './features/slo/routes.js';
import { createSloService } from './features/slo/service.js';
import { problemRoutes } from './features/problems/routes.js';
import { createProblemService } from './features/problems/service.js';
import { mailboxRoutes, type MailboxAccess } from './features/mail/mailbox/routes.js';
import { createLinkMaker } from './features/mail/outbox/service.js';
import { mailRoutes } from './features/mail/routes.js';
import type { MailMode } from './features/mail/schema.js';
import { createMailService } from './features/mail/service.js';
import { runRoutes } from './features/runs/routes.js';
import { createRunService } from './features/runs/service.js';
import { createRunTurns } from './features/runs/turns.js';
import { secondFactorRoutes } from './features/second-factor/routes.js';
import { createSecondFactorService } from './features/second-factor/service.js';
import { courseSubmissionRoutes } from './features/submissions/course/routes.js';
import { createCourseSubmissionService } from './features/submissions/course/service.js';
import type { ProgressFeed } from './features/submissions/progress-feed.js';
import { submissionRoutes } from './features/submissions/routes.js';
import { createSubmissionService } from './features/submissions/service.js';
import { createAuditService } from './features/audit/service.js';
import { limitRoutes } from './features/limits/routes.js';
import { createLimitService } from './features/limits/service.js';
import { userRoutes } from './features/users/routes.js';
import { createUserService } from './features/users/service.js';
import { createLanguageCatalog } from './judge/catalog.js';
import type { JudgeClient } from './judge/client.js';
import type { Supabase } from './lib/supabase.js';
import type { Identify } from './http/authenticate.js';
import type { Logger } from './lib/logger.js';
import type { Metrics } from './lib/metrics.js';
import type { Prometheus } from './lib/prometheus.js';
import type { RedisConnection } from './lib/redis.js';
import type { Sealer } from './lib/sealed.js';
import type { Limits } from './limits/limits.js';
import type { RouteTable } from './openapi.js';

export interface Dependencies {
  supabase: Supabase;
  redis: RedisConnection | null;
  cache: Cache;
  limits: Limits;
  judge: JudgeClient | null;
  files: FileParts;
  invitationTokens: InvitationTokens;
  feed: ProgressFeed;
  logger: Logger;
  metrics: Metrics;
  /** Null: nobody can set up a second step. */
  sealer: Sealer | null;
  /** How mails leave; the grader's process sends them. */
  mailMode: MailMode;
  /** Who may see the development mailbox; null where there is none. */
  mailbox: MailboxAccess | null;
  appUrl: string;
  version: string;
  /** Null: objectives are not shown. */
  prometheus: Prometheus | null;
  /** How health looks at each part. */
  probes: Parameters<typeof createHealthService>[0]['probes'];
  /** The migrations that this build knows. */
  migrations: string[];
  isDraining: () => boolean;
  /** Runs that this process has at the judge at a time. */
  runConcurrency?: number;
}

/** The services of one api process, and every route on one screen. */
export const createRouteTable = ({
  supabase,
  cache,
  limits,
  judge,
  files: fileParts,
  invitationTokens,
  metrics,
  feed,
  sealer,
  mailMode,
  mailbox,
  appUrl,
  version,
  prometheus,
  probes,
  migrations,
  logger,
  isDraining,
  runConcurrency = 4,
}: Dependencies): { table: RouteTable; identify: Identify } => {
  const audit = createAuditService({ supabase });
  const caching = cacheRoutes({ caching: createCacheService({ cache, audit }) });
  const makeLink = createLinkMaker({ client: supabase.service, appUrl });
  const mail = createMailService({ supabase, audit, makeLink, mode: mailMode });
  const auth = createAuthService({ supabase, cache, links: fileParts.links, mail });
  const enrolments = createEnrolmentService({ supabase, cache });
  const catalog = createLanguageCatalog(judge);
  const problems = createProblemService({ supabase, cache, enrolments, catalog });
  const courses = createCourseService({ supabase, cache, enrolments, problems });
  const runs = createRunService({ judge, problems, turns: createRunTurns(runConcurrency) });
  const submissions = createSubmissionService({ supabase, cache, problems, feed, judge });

  const account = authRoutes({ auth, metrics, issueDevice: limits.devices.issue });
  const own = accountRoutes({ accounts: createAccountService({ supabase, cache, auth, mail }) });
  const secondFactor = secondFactorRoutes({
    secondFactors: createSecondFactorService({ supabase, auth, sealer }),
    metrics,
  });
  const course = courseRoutes({ courses });
  const draft = draftRoutes({ drafts: createDraftService({ supabase }) });
  const limit = limitRoutes({ limits: createLimitService({ supabase, limits, audit }) });
  const submission = submissionRoutes({ submissions });
  const files = createFileService({ supabase, auth, ...fileParts, logger });
  const file = fileRoutes({ files, metrics });
  const { health, ready } = healthRoutes({
    health: createHealthService({ supabase, probes, migrations, version, logger, metrics, isDraining }),
  });
  const outbox = mailRoutes({ mail });
  const kept = mailbox && mailboxRoutes({ client: supabase.service, appUrl, access: mailbox });
  const organization = organizationRoutes({ organizations: createOrganizationService({ supabase, cache }) });
  const user = userRoutes({
    users: createUserService({ supabase, cache, audit, links: fileParts.links, appUrl }),
  });
  const invitation = invitationRoutes({
    invitations: createInvitationService({ supabase, audit, auth, tokens: invitationTokens, appUrl }),
  });
  const log = auditRoutes({ audit });
  const table: RouteTable = [
    ['POST', '/api/auth/register', account.register],
    ['GET', '/api/auth/registration', organization.registration],
    ['GET', '/api/auth/invitation', invitation.read],
    ['POST', '/api/auth/invitation/accept', invitation.accept],
    ['POST', '/api/auth/login', account.login],
    ['POST', '/api/auth/refresh', account.refresh],
    ['POST', '/api/auth/logout', account.logout],
    ['POST', '/api/auth/password-reset', account.passwordReset],
    ['POST', '/api/auth/password-reset/confirm', account.passwordResetConfirm],
    ['POST', '/api/auth/confirmation', account.confirmation],
    ['POST', '/api/auth/confirm', account.confirm],
    ['POST', '/api/auth/second-factor', secondFactor.verify],
    ['POST', '/api/auth/email/confirm', own.confirmEmail],
    ['GET', '/api/me', account.me],
    ['PUT', '/api/me', own.rename],
    ['PUT', '/api/me/password', own.changePassword],
    ['PUT', '/api/me/email', own.changeEmail],
    ['GET', '/api/me/sessions', own.sessions],
    ['DELETE', '/api/me/sessions', own.signOutEverywhere],
    ['DELETE', '/api/me/sessions/:id', own.endSession],
    ['GET', '/api/me/second-factor', secondFactor.read],
    ['POST', '/api/me/second-factor', secondFactor.start],
    ['POST', '/api/me/second-factor/confirm', secondFactor.confirm],
    ['POST', '/api/me/second-factor/turn-off', secondFactor.turnOff],
    ['POST', '/api/me/second-factor/recovery-codes', secondFactor.renewRecoveryCodes],
    ['GET', '/api/admin/overview', adminRoutes({ supabase }).overview],
    ['GET', '/api/admin/users', user.list],
    ['GET', '/api/admin/users/export', user.export],
    ['POST', '/api/admin/users/roles', user.changeRoles],
    ['POST', '/api/admin/users/active', user.setActive],
    ['GET', '/api/admin/users/:id', user.read],
    ['POST', '/api/admin/users/:id/password-link', user.makePasswordLink],
    ['DELETE', '/api/admin/users/:id/second-factor', secondFactor.reset],
    ['GET', '/api/admin/invitations', invitation.list],
    ['POST', '/api/admin/invitations', invitation.create],
    ['POST', '/api/admin/invitations/import', invitation.importList],
    ['POST', '/api/admin/invitations/:id/link', invitation.link],
    ['POST', '/api/admin/invitations/:id/resend', invitation.resend],
    ['DELETE', '/api/admin/invitations/:id', invitation.withdraw],
    ['GET', '/api/admin/audit', log.list],
    ['GET', '/api/admin/audit/export', log.export],
    ['GET', '/api/admin/organization', organization.read],
    ['PATCH', '/api/admin/organization', organization.update],
    ['GET', '/api/admin/second-factor', secondFactor.readRule],
    ['PUT', '/api/admin/second-factor', secondFactor.changeRule],
    [
      'GET',
      '/api/dashboard',
      dashboardRoutes({ dashboards: createDashboardService({ courses, submissions }) }).read,
    ],
    ['GET', '/api/courses', course.list],
    ['GET', '/api/courses/:slug', course.read],
    [
      'GET',
      '/api/courses/:slug/submissions',
      courseSubmissionRoutes({ submissions: createCourseSubmissionService({ supabase, courses }) }).list,
    ],
    [
      'GET',
      '/api/courses/:slug/lessons/:lesson',
      lessonRoutes({ lessons: createLessonService({ supabase, cache, courses, problems }) }).read,
    ],
    ['GET', '/api/courses/:slug/lessons/:lesson/files', file.listOfLesson],
    ['POST', '/api/files', file.create],
    ['GET', '/api/files/:id', file.link],
    ['GET', '/api/files/:id/content', file.content],
    ['DELETE', '/api/files/:id', file.remove],
    ['POST', '/api/enrolments', enrolmentRoutes({ enrolments }).create],
    ['GET', '/api/problems', course.problems],
    ['GET', '/api/problems/:slug', problemRoutes({ problems }).read],
    ['GET', '/api/drafts/:problemSlug/:languageId', draft.read],
    ['PUT', '/api/drafts/:problemSlug/:languageId', draft.save],
    ['POST', '/api/runs', runRoutes({ runs }).create],
    ['POST', '/api/submissions', submission.create],
    ['GET', '/api/submissions', submission.list],
    ['GET', '/api/submissions/:id', submission.read],
    ['GET', '/api/submissions/:id/events', submission.events],
    ['POST', '/api/submissions/:id/stop', submission.stop],
    ['GET', '/api/admin/limits', limit.list],
    ['PUT', '/api/admin/limits/:class', limit.set],
    ['DELETE', '/api/admin/limits/:class', limit.clear],
    ['POST', '/api/admin/limits/:class/reset', limit.reset],
    ['GET', '/api/admin/blocks', limit.blocks],
    ['POST', '/api/admin/blocks', limit.block],
    ['DELETE', '/api/admin/blocks/:id', limit.unblock],
    ['GET', '/api/admin/mails', outbox.list],
    ['POST', '/api/admin/mails/:id/retry', outbox.retry],
    ['POST', '/api/admin/mails/:id/discard', outbox.discard],
    ['POST', '/api/admin/mails/:id/link', outbox.link],
    ...(kept
      ? ([
          ['GET', '/api/mailbox', kept.list],
          ['GET', '/api/mailbox/samples', kept.samples],
          ['GET', '/api/mailbox/:id', kept.read],
        ] satisfies RouteTable)
      : []),
    ['GET', '/api/admin/cache', caching.report],
    ['POST', '/api/admin/cache/flush', caching.flush],
    ['POST', '/api/admin/cache/invalidate', caching.invalidate],
    ['GET', '/api/admin/slo', sloRoutes({ slo: createSloService({ prometheus, logger }) }).report],
    ['GET', '/api/health', health],
    ['GET', '/api/ready', ready],
  ];
  return { table, identify: auth.identify };
};
