import type { Request, RequestHandler, Response } from 'express';
import { AppError } from '../lib/app-error.js';
import type { Caller } from '../lib/caller.js';
import { identityOf } from '../limits/identity.js';
import type { Decision } from '../limits/limiter.js';
import type { Limits } from '../limits/limits.js';
import { countedAddress } from '../limits/network.js';
import { limitTable, type LimitedClass } from '../limits/table.js';
import type { EndpointDefinition } from './endpoint.js';

type Limited = Pick<EndpointDefinition, 'limit' | 'limitBy' | 'guardsAccount' | 'access'>;
type Counted = Omit<Limited, 'limit' | 'access'> & { limit: LimitedClass };

/** Sent by web: what the browser's known devices are, one token a person, separated by spaces. */
export const deviceHeader = 'x-known-devices';

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

const addressOf = (request: Request): string => request.ip ?? '';

const waitText = (waitSeconds: number): string =>
  waitSeconds <= 120 ? `${waitSeconds} s` : `${Math.ceil(waitSeconds / 60)} minutes`;

const tooMany = (what: string, waitMs: number): AppError =>
  new AppError('too_many_requests', `Too many ${what}. Try again in ${waitText(seconds(waitMs))}.`, {
    retryAfterSeconds: seconds(waitMs),
  });

/** Who asked too often, for somebody who may not have done it alone. */
const whose = (identity: string): string => {
  if (identity.startsWith('address:')) return ' from this network';
  return identity.startsWith('account:') ? ' to this account' : '';
};

const credentialOf = (request: Request, { limit, limitBy }: Counted) => {
  const member = limitBy ?? (limitTable[limit].identifier === 'ip_email' ? 'email' : undefined);
  if (member === undefined) return undefined;
  const value = { ...request.query, ...(request.body as object | undefined) }[member];
  return typeof value === 'string' ? value : '';
};

/** The fields of draft-ietf-httpapi-ratelimit-headers-11. */
const setFields = (response: Response, name: LimitedClass, decision: Decision): void => {
  const { limit, windowMs, remaining, resetMs } = decision;
  response.setHeader('RateLimit-Policy', `"${name}";q=${limit};w=${Math.ceil(windowMs / 1000)}`);
  response.setHeader('RateLimit', `"${name}";r=${remaining};t=${Math.ceil(resetMs / 1000)}`);
};

/**
 * What worked is none, and neither is what we refused or failed at ourselves. Of a mail that was asked for nobody knows
 * whether it worked.
 */
const isOffence = (limitClass: LimitedClass, status: number): boolean =>
  (status >= 400 && status < 500 && status !== 429) || (limitClass === 'password_reset' && status === 202);

/** Rate limits in front of endpoints. */
export const createRateLimit = ({ limiter, offenders, rules, devices, hash, metrics }: Limits) => {
  const refuse = (
    request: Request,
    refusal: { limitClass: LimitedClass; endpoint: string; identity: string; waitMs: number },
    what: string,
  ): AppError => {
    const { limitClass, endpoint, identity, waitMs } = refusal;
    request.log.warn(
      { limitClass, endpoint, identifier: hash(identity), retryAfterSeconds: seconds(waitMs) },
      'Rate limit exceeded',
    );
    return tooMany(what + whose(identity), waitMs);
  };

  /** Keeps out addresses that an administrator has blocked; before anything else is done for them. */
  const keepOut =
    (limitClass: LimitedClass): RequestHandler =>
    (request, _response, next) => {
      const until = rules.blockedUntil(addressOf(request));
      if (until === null) return next();
      metrics.limitDecisions.inc({ class: limitClass, outcome: 'blocked' });
      const members = { blockedUntil: new Date(until).toISOString() };
      const text = 'An administrator has blocked the network that you come from. Ask your school.';
      next(new AppError('address_blocked', text, { members }));
    };

  const blockedMs = (identity: string): Promise<number> => offenders.blockedMs(identity).catch(() => 0);

  /** `device:…` of a browser that signed in with this address before and has not failed often since, or null. */
  const knownDevice = async (request: Request, counted: Counted): Promise<string | null> => {
    if (!counted.guardsAccount) return null;
    const tokens = request.get(deviceHeader);
    const email = credentialOf(request, counted) ?? '';
    const identity = devices.identityOf(tokens, email);
    return identity !== null && (await blockedMs(identity)) === 0 ? identity : null;
  };

  /**
   * Counts failures of people who are not signed in and refuses where there were very many: by address, whatever the
   * account, and by account, from whatever address. A known device is counted for itself alone, so that nobody in the
   * same school, and nobody elsewhere, can keep its owner out.
   */
  const watchOffences =
    (counted: Counted, endpoint: string): RequestHandler =>
    async (request, response, next) => {
      const limitClass = counted.limit;
      const device = await knownDevice(request, counted);
      response.locals['device'] = device;
      const address = `address:${hash(countedAddress(addressOf(request)))}`;
      const email = (credentialOf(request, counted) ?? '').trim().toLowerCase();
      const account = counted.guardsAccount ? [`account:${hash(`account ${email}`)}`] : [];
      const watched = device === null ? [address, ...account] : [device];
      for (const identity of watched) {
        const waitMs = await blockedMs(identity);
        if (waitMs === 0) continue;
        metrics.limitDecisions.inc({ class: limitClass, outcome: 'blocked' });
        return next(refuse(request, { limitClass, endpoint, identity, waitMs }, 'failed attempts'));
      }
      response.once('finish', () => {
        if (!isOffence(limitClass, response.statusCode)) return;
        // An account is attacked by wrong passwords only.
        const guilty = watched.filter((id) => !account.includes(id) || response.statusCode === 401);
        Promise.all(guilty.map((identity) => offenders.note(identity))).catch((error: unknown) =>
          request.log.debug({ err: error }, 'not counted'),
        );
      });
      next();
    };

  const count =
    (counted: Counted, endpoint: string): RequestHandler =>
    async (request, response, next) => {
      const limitClass = counted.limit;
      const { caller, device } = response.locals as { caller?: Caller; device?: string | null };
      const credential = credentialOf(request, counted);
      const identity =
        device ?? identityOf({ userId: caller?.id, address: addressOf(request), credential }, hash);
      const decision = await limiter.consume(limitClass, identity);
      if (decision) setFields(response, limitClass, decision);
      if (!decision || decision.allowed) return next();
      const refusal = { limitClass, endpoint, identity, waitMs: decision.retryAfterMs };
      next(refuse(request, refusal, limitTable[limitClass].what));
    };

  return {
    /** Goes first. */
    keepOut: ({ limit }: Limited): RequestHandler[] => (limit === 'none' ? [] : [keepOut(limit)]),

    /**
     * Goes after `authenticate`, and after the body is parsed where a member of it says who is counted. `endpoint`
     * is its method and path, for the log.
     */
    count: ({ limit, limitBy, guardsAccount, access }: Limited, endpoint: string): RequestHandler[] => {
      if (limit === 'none') return [];
      const counted = { limit, limitBy, guardsAccount };
      const watched = access === 'public' && limitTable[limit].identifier === 'ip_email';
      return watched
        ? [watchOffences(counted, endpoint), count(counted, endpoint)]
        : [count(counted, endpoint)];
    },
  };
};
