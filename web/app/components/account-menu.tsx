import { Link, useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { SessionUser } from '~/lib/session-user';
import type { Theme } from '~/lib/theme';
import { Avatar } from './avatar';
import { Button } from './button';
import { PostForm } from './post-form';
import { ThemeSwitch } from './theme-switch';

interface AccountMenuProps extends Omit<SessionUser, 'id'> {
  theme: Theme;
}

/** Who is signed in, the theme, the way out. A details element: it opens without JavaScript, too. */
export function AccountMenu({ fullName, email, role, organizationName, avatarUrl, theme }: AccountMenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const { key } = useLocation();

  useEffect(() => {
    if (details.current) details.current.open = false;
  }, [key]);

  useEffect(() => {
    const closeOutside = (event: PointerEvent) => {
      const menu = details.current;
      if (menu?.open && !menu.contains(event.target as Node)) menu.open = false;
    };
    const closeOnEscape = (event: KeyboardEvent) => {
      const menu = details.current;
      if (event.key !== 'Escape' || !menu?.open) return;
      menu.open = false;
      menu.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('keydown', closeOnEscape);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('keydown', closeOnEscape);
    };
  }, []);

  return (
    <details ref={details} className="relative">
      <summary className="flex min-h-9 list-none items-center gap-2 rounded-md px-2 hover:bg-sunken [&::-webkit-details-marker]:hidden">
        <Avatar fullName={fullName} url={avatarUrl} />
        <span className="sr-only">Account of </span>
        <span className="sr-only sm:not-sr-only">
          <span className="block max-w-40 truncate" title={fullName}>
            {fullName}
          </span>
        </span>
        <Chevron />
      </summary>
      <div className="absolute right-0 z-20 mt-2 w-72 rounded-lg border border-line bg-surface p-4 shadow-raised">
        <p className="font-semibold break-words">{fullName}</p>
        <p className="text-sm break-all text-muted">{email}</p>
        <p className="mt-1 text-sm text-muted">{organizationName}</p>
        <ul className="mt-4 border-t border-line pt-3">
          <li>
            <Link to="/account" className="link inline-flex min-h-8 items-center">
              Account
            </Link>
          </li>
          {role === 'admin' ? (
            <li>
              <Link to="/admin" className="link inline-flex min-h-8 items-center">
                Administration
              </Link>
            </li>
          ) : null}
        </ul>
        <div className="mt-4 border-t border-line pt-4">
          <p aria-hidden="true" className="mb-1.5 text-sm font-medium">
            Color theme
          </p>
          <ThemeSwitch theme={theme} />
        </div>
        <PostForm action="/logout" className="mt-4 border-t border-line pt-4">
          <Button look="secondary" size="small" className="w-full">
            Sign out
          </Button>
        </PostForm>
      </div>
    </details>
  );
}

function Chevron() {
  return (
    <svg
      viewBox="0 0 12 12"
      aria-hidden="true"
      className="size-3 text-muted"
      fill="none"
      stroke="currentColor"
    >
      <path d="m2.5 4.5 3.5 3.5 3.5-3.5" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
