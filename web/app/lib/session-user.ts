import type { Me } from '@coding-platform/api/schema/auth';

/** What every page may show of who is signed in. */
export type SessionUser = Pick<Me, 'id' | 'fullName' | 'email' | 'role'> & {
  organizationName: string;
  /** Good for a day and renewed with the session, every hour or so. */
  avatarUrl: string | null;
};
