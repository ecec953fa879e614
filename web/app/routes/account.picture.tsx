import { me } from '@coding-platform/api/schema/auth';
import { avatarMaxBytes } from '@coding-platform/api/schema/files';
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { forwardUpload, isUpload, removeFile } from '~/features/files/api.server';
import { uploadFailureWords } from '~/features/files/file-words';
import { PictureForm } from '~/features/files/picture-form';
import { removalForm } from '~/features/files/removal-form';
import { requireApi } from '~/lib/api-client.server';
import { parseForm, readForm } from '~/lib/form.server';
import { noticeCookie, type Notice } from '~/lib/notice.server';
import { failureStatus, settle } from '~/lib/outcome';
import { requireSession, sessionCookie } from '~/lib/session.server';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const { avatar, fullName } = await (await requireApi(request)).get('/api/me', me);
  return { picture: avatar, fullName };
}

export async function action({ request }: ActionFunctionArgs) {
  if (isUpload(request)) {
    const outcome = await settle(() => forwardUpload(request));
    return outcome.ok
      ? done(request, 'picture_saved', outcome.value.avatar?.smallUrl ?? null)
      : data({ message: uploadFailureWords(outcome.failure) }, failureStatus(outcome.failure));
  }
  const removal = parseForm(await readForm(request), removalForm);
  if (!removal.ok) return removal.refusal;
  const outcome = await settle(() => removeFile(request, removal.value.fileId));
  // Removed in another window, perhaps.
  return outcome.ok || outcome.failure.code === 'not_found'
    ? done(request, 'picture_removed', null)
    : data({ message: outcome.failure.detail }, failureStatus(outcome.failure));
}

async function done(request: Request, notice: Notice, avatarUrl: string | null) {
  const session = await requireSession(request);
  const headers = new Headers();
  headers.append('Set-Cookie', await sessionCookie({ ...session, user: { ...session.user, avatarUrl } }));
  headers.append('Set-Cookie', await noticeCookie(notice));
  return redirect('/account/picture', { status: 303, headers });
}

export default function PicturePage() {
  const { picture, fullName } = useLoaderData<typeof loader>();
  const refused = useActionData<{ message: string | null }>();
  return (
    <section aria-labelledby="picture">
      <h2 id="picture" className="mb-4 text-xl">
        Picture
      </h2>
      <PictureForm
        fullName={fullName}
        picture={picture}
        maxBytes={avatarMaxBytes}
        action="/account/picture"
        message={refused?.message ?? null}
      />
    </section>
  );
}
