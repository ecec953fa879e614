import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { NavLink, Outlet, useLoaderData } from '@remix-run/react';
import { PageHeader } from '~/components/page-header';
import { pageTitle } from '~/lib/product';
import { requireSession } from '~/lib/session.server';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await requireSession(request);
  return { email: user.email, staff: user.role !== 'student' };
}

export const meta: MetaFunction = () => [{ title: pageTitle('Account') }];

export default function AccountLayout() {
  const { email, staff } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Account" kicker={email} />
      <div className="mt-8 grid items-start gap-x-12 gap-y-8 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <nav aria-label="Account" className="flex flex-wrap gap-1 lg:flex-col">
          <SectionLink to="/account">Profile</SectionLink>
          <SectionLink to="/account/picture">Picture</SectionLink>
          <SectionLink to="/account/email">E-mail</SectionLink>
          <SectionLink to="/account/password">Password</SectionLink>
          {staff ? <SectionLink to="/account/second-factor">Two-factor authentication</SectionLink> : null}
          <SectionLink to="/account/sessions">Devices</SectionLink>
        </nav>
        <div className="max-w-2xl space-y-10">
          <Outlet />
        </div>
      </div>
    </>
  );
}

function SectionLink({ to, children }: { to: string; children: string }) {
  return (
    <NavLink
      to={to}
      end
      className={({ isActive }) =>
        `rounded-md px-3 py-2 ${isActive ? 'bg-sunken font-medium text-ink' : 'text-muted hover:text-ink'}`
      }
    >
      {children}
    </NavLink>
  );
}
