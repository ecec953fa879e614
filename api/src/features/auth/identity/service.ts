import type { Session as AuthSession } from '@supabase/supabase-js';
import { decodeJwt } from 'jose';
import type { Cache } from '../../../cache/cache.js';
import { CacheKeys } from '../../../cache/keys.js';
import { CacheTTL } from '../../../cache/ttl.js';
import { AppError } from '../../../lib/app-error.js';
import type { Caller } from '../../../lib/caller.js';
import type { Supabase } from '../../../lib/supabase.js';
import { accountDeactivated, sessionEnded } from '../auth-error.js';
import { insertSignIn, selectOptionalIdentity, type Identity, type UselessIdentity } from '../repository.js';
import type { FileLinks } from '../../files/links.js';
import type { Me, Session } from '../schema.js';

/** Where a request comes from, for the list of devices. */
export interface Device {
  address: string;
  userAgent: string;
}

type Bearer = Pick<Caller, 'id' | 'accessToken' | 'sessionId'>;

const bearerOf = (session: AuthSession): Bearer => ({
  id: session.user.id,
  accessToken: session.access_token,
  sessionId: decodeJwt<{ session_id?: string }>(session.access_token).session_id ?? '',
});

// A step that is made must count at once, in whatever process the next request arrives.
const isComplete = (identity: Identity | UselessIdentity | null): boolean =>
  identity?.id !== undefined &&
  !identity.sessionEnded &&
  !identity.deactivated &&
  (identity.secondFactor === 'none' || identity.secondFactor === 'verified');

const unauthenticated = () => new AppError('unauthenticated', 'This account does not exist any more.');

/** Who the bearer of a token is, and what a session is told. */
export const createIdentityService = ({
  supabase,
  cache,
  links,
}: {
  supabase: Supabase;
  cache: Cache;
  links: Pick<FileLinks, 'avatar'>;
}) => {
  const identityOf = async (bearer: Bearer): Promise<Identity> => {
    const load = () => selectOptionalIdentity(supabase.forUser(bearer.accessToken));
    const identity = bearer.sessionId
      ? await cache.getCached(
          CacheKeys.session(bearer.id, bearer.sessionId),
          load,
          CacheTTL.short,
          isComplete,
        )
      : await load();
    if (!identity) throw unauthenticated();
    // The sessions of a closed account have ended, too; this is what its owner should be told.
    if (identity.deactivated) throw accountDeactivated();
    if (identity.sessionEnded || identity.id === undefined) throw sessionEnded();
    return identity;
  };

  const toMe = ({ avatarFileId, ...identity }: Identity): Me => ({
    ...identity,
    avatar: links.avatar(avatarFileId),
  });

  /** Has this session's next request look anew. */
  const forget = async (bearer: Pick<Bearer, 'id' | 'sessionId'>): Promise<void> => {
    await cache.invalidateCache(CacheKeys.session(bearer.id, bearer.sessionId));
  };

  const toSession = async (session: AuthSession): Promise<Session> => {
    const identity = await identityOf(bearerOf(session));
    return {
      accessToken: session.access_token,
      refreshToken: session.refresh_token,
      expiresAt: new Date((session.expires_at ?? 0) * 1000).toISOString(),
      user: toMe(identity),
      secondFactor: identity.secondFactor,
    };
  };

  /** The answer to a sign-in; `continued` is the session that this one takes the place of. */
  const begin = async (
    session: AuthSession,
    device: Device,
    continued: string | null = null,
  ): Promise<Session> => {
    const { id: userId, sessionId } = bearerOf(session);
    if (sessionId) await insertSignIn(supabase.service, { sessionId, userId, ...device, continued });
    return toSession(session);
  };

  return {
    /** The caller's profile, at most 30 s old when it was changed past the api. */
    profileOf: async (bearer: Bearer): Promise<Me> => toMe(await identityOf(bearer)),

    /** What every decision about a caller needs, from the same profile. */
    identify: async (bearer: Bearer) => {
      const { role, organization, secondFactor } = await identityOf(bearer);
      return { role, organizationId: organization.id, secondFactor };
    },

    forget,

    /** Has all sessions of a person look anew. */
    forgetEverywhere: async (userId: string): Promise<void> => {
      await cache.invalidateCache(CacheKeys.profile(userId));
    },

    /** Has all sessions look anew, for a rule that holds for many. */
    forgetAll: async (): Promise<void> => {
      await cache.invalidateCache(CacheKeys.everyProfile());
    },

    toSession,
    begin,
  };
};

export type IdentityService = ReturnType<typeof createIdentityService>;
