import type { Me } from '@coding-platform/api/schema/auth';

/** What every page may show of who is signed in. */
export type SessionUser = Pick<Me, 'fullName' | 'email' | 'role'> & { organizationName: string };
