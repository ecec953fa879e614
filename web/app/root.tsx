import { data, type LinksFunction, type LoaderFunctionArgs } from '@remix-run/node';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteLoaderData,
  type MetaFunction,
} from '@remix-run/react';
import { useEffect, type ReactNode } from 'react';
import interUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { Alert } from '~/components/alert';
import { ConnectionBar } from '~/components/connection-bar';
import { NavigationBar } from '~/components/navigation-bar';
import { OtherOwnerNotice } from '~/components/other-owner-notice';
import { SiteFooter } from '~/components/site-footer';
import { SiteHeader } from '~/components/site-header';
import { useTheme } from '~/components/theme-switch';
import { useDocumentRequest, useNonce } from '~/lib/document-info';
import { takeNotice } from '~/lib/notice.server';
import { announceOwner } from '~/lib/page-owner';
import { useFocusOnNavigation } from '~/lib/use-focus-on-navigation';
import { useViewReport } from '~/lib/use-view-report';
import { productName } from '~/lib/product';
import type { RouteHandle } from '~/lib/route-handle';
import { getOptionalSession } from '~/lib/session.server';
import { readTheme } from '~/lib/theme.server';
import './styles/app.css';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const [session, theme, notice] = await Promise.all([
    getOptionalSession(request),
    readTheme(request),
    takeNotice(request),
  ]);
  return data(
    {
      user: session?.user ?? null,
      theme,
      notice: notice.text === null ? null : { text: notice.text, tone: notice.tone },
    },
    notice.clear ? { headers: { 'Set-Cookie': notice.clear } } : undefined,
  );
}

// Without this the first page is shown in the fallback font and jumps when Inter arrives.
export const links: LinksFunction = () => [
  { rel: 'preload', as: 'font', type: 'font/woff2', href: interUrl, crossOrigin: 'anonymous' },
];

export const meta: MetaFunction = () => [{ title: productName }];

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const root = useRouteLoaderData<typeof loader>('root');
  const theme = useTheme(root?.theme ?? 'system');
  const { id: requestId } = useDocumentRequest();
  const user = root?.user ?? null;
  useEffect(() => announceOwner(user), [user]);
  return (
    <html
      lang="en"
      data-theme={theme === 'system' ? undefined : theme}
      data-request-id={requestId}
      data-owner={user?.id ?? ''}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ConnectionBar />
        <OtherOwnerNotice />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}

/** Header, main and footer, as the page's route wants them. */
function Shell({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>('root');
  const workspace = useMatches().some(
    (match) => (match.handle as RouteHandle | undefined)?.layout === 'workspace',
  );
  useFocusOnNavigation('main');
  useViewReport();
  const user = root?.user ?? null;
  const theme = root?.theme ?? 'system';
  return (
    <div className={workspace ? 'flex min-h-dvh flex-col lg:h-dvh' : 'flex min-h-dvh flex-col'}>
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <NavigationBar />
      <SiteHeader user={user} theme={theme} wide={workspace} />
      {root?.notice ? (
        <div className="mx-auto w-full max-w-6xl px-4 pt-6 sm:px-6">
          <Alert tone={root.notice.tone}>{root.notice.text}</Alert>
        </div>
      ) : null}
      <main
        id="main"
        tabIndex={-1}
        className={
          workspace
            ? 'flex min-h-0 flex-1 flex-col'
            : 'mx-auto w-full max-w-6xl flex-1 px-4 pt-8 sm:px-6 sm:pt-12'
        }
      >
        {children}
      </main>
      {workspace ? null : <SiteFooter theme={theme} showTheme={!user} />}
    </div>
  );
}
