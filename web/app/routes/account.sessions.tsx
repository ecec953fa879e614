import {
  redirectDocument,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Badge } from '~/components/badge';
import { Button } from '~/components/button';
import { ConfirmButton } from '~/components/confirm-dialog';
import { FormMessage } from '~/components/form-message';
import { LocalTime } from '~/components/local-time';
import { PostForm } from '~/components/post-form';
import { endSession, loadSessions, signOutEverywhere } from '~/features/account/api.server';
import { deviceName } from '~/features/account/device-name';
import { readForm, refuseByProblem } from '~/lib/form.server';
import { noticeCookie, redirectWithNotice } from '~/lib/notice.server';
import { pageTitle } from '~/lib/product';
import { clearedSessionCookie } from '~/lib/session.server';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const sessions = await loadSessions(request);
  return { sessions: sessions.map((one) => ({ ...one, device: deviceName(one.userAgent) })) };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const id = form.get('session');
  try {
    if (form.get('intent') === 'everywhere') {
      await signOutEverywhere(request);
      const headers = new Headers();
      headers.append('Set-Cookie', await clearedSessionCookie());
      headers.append('Set-Cookie', await noticeCookie('signed_out_everywhere'));
      return redirectDocument('/login', { headers });
    }
    await endSession(request, typeof id === 'string' ? id : '');
    throw await redirectWithNotice('/account/sessions', 'session_ended_there');
  } catch (thrown) {
    return refuseByProblem(form, thrown);
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Devices') }];

export default function SessionsPage() {
  const { sessions } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  return (
    <section aria-labelledby="devices">
      <h2 id="devices" className="mb-2 text-xl">
        Devices
      </h2>
      <p className="mb-5 text-muted">
        Where you are signed in. One that you do not know? Sign it out, then change your password.
      </p>
      <FormMessage message={state?.message} />
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      <div className="mt-6">
        <ConfirmButton
          name="everywhere"
          label="Sign out everywhere"
          title="Sign out everywhere?"
          confirmLabel="Sign out everywhere"
          fields={{ intent: 'everywhere' }}
        >
          <p>All your devices are signed out, this one as well. What you have saved stays.</p>
        </ConfirmButton>
      </div>
    </section>
  );
}

type ListedSession = ReturnType<typeof useLoaderData<typeof loader>>['sessions'][number];

function SessionRow({ session }: { session: ListedSession }) {
  const navigation = useNavigation();
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {session.device}
          {session.current ? <Badge tone="good">this device</Badge> : null}
        </p>
        <p className="text-sm text-muted">
          {session.address ? `${session.address} · ` : null}since <LocalTime iso={session.startedAt} />
          {' · '}last seen <LocalTime iso={session.lastSeenAt} />
        </p>
      </div>
      {session.current ? null : (
        <PostForm>
          <input type="hidden" name="session" value={session.id} />
          <Button
            look="secondary"
            size="small"
            pending={navigation.formData?.get('session') === session.id}
            aria-label={`Sign out ${session.device}`}
          >
            Sign out
          </Button>
        </PostForm>
      )}
    </li>
  );
}
