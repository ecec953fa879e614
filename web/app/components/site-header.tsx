import { Link, NavLink } from '@remix-run/react';
import type { SessionUser } from '~/lib/session-user';
import { productName } from '~/lib/product';
import type { Theme } from '~/lib/theme';
import { AccountMenu } from './account-menu';
import { ButtonLink } from './button';

/** The bar on top of every page. */
export function SiteHeader({ user, theme, wide }: { user: SessionUser | null; theme: Theme; wide: boolean }) {
  return (
    <header className="border-b border-line">
      <div
        className={`mx-auto flex min-h-13 items-center gap-x-3 px-4 sm:gap-x-6 sm:px-6 ${wide ? '' : 'max-w-6xl'}`}
      >
        <Link to={user ? '/dashboard' : '/'} className="flex items-center gap-2.5 font-semibold">
          <Mark />
          <span className={user ? 'sr-only sm:not-sr-only' : undefined}>{productName}</span>
        </Link>
        {user ? (
          <nav aria-label="Main" className="mr-auto flex gap-x-1">
            <HeaderLink to="/dashboard">Dashboard</HeaderLink>
            <HeaderLink to="/submissions">Submissions</HeaderLink>
          </nav>
        ) : null}
        {user ? (
          <AccountMenu {...user} theme={theme} />
        ) : (
          <nav aria-label="Account" className="ml-auto flex items-center gap-x-2">
            <ButtonLink to="/login" look="quiet" size="small">
              Sign in
            </ButtonLink>
            <ButtonLink to="/register" look="secondary" size="small">
              Register
            </ButtonLink>
          </nav>
        )}
      </div>
    </header>
  );
}

function HeaderLink({ to, children }: { to: string; children: string }) {
  return (
    <NavLink
      to={to}
      className={({ isActive }) =>
        `rounded-md px-2.5 py-1.5 text-sm ${isActive ? 'bg-sunken font-medium text-ink' : 'text-muted hover:text-ink'}`
      }
    >
      {children}
    </NavLink>
  );
}

/** Two tests: one open, one passed. */
function Mark() {
  return (
    <svg viewBox="0 0 26 16" aria-hidden="true" className="h-4 w-6.5">
      <rect x="1" y="2" width="9" height="12" rx="2.5" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <rect x="13" y="1" width="13" height="14" rx="3" fill="var(--accent)" />
      <path
        d="m16.2 8.2 2.4 2.4 4.2-5"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="1.9"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
