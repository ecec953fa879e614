import { useRouteLoaderData } from '@remix-run/react';
import type { SessionUser } from './session-user';

/** The id of the user whom the page is shown to; empty for a visitor. */
export const useOwnerId = (): string =>
  useRouteLoaderData<{ user: SessionUser | null } | undefined>('root')?.user?.id ?? '';
