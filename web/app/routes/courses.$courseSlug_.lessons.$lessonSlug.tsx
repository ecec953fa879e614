import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData, useLocation } from '@remix-run/react';
import { Breadcrumbs } from '~/components/breadcrumbs';
import { Markdown } from '~/components/markdown';
import { ProblemList } from '~/components/problem-list';
import { TableOfContents } from '~/components/table-of-contents';
import { forwardUpload, isUpload, loadLessonFiles, removeFile } from '~/features/files/api.server';
import { uploadFailureWords } from '~/features/files/file-words';
import { LessonFilesSection } from '~/features/files/lesson-files';
import { removalForm } from '~/features/files/removal-form';
import { loadLesson } from '~/features/lessons/api.server';
import { LessonNeighbours } from '~/features/lessons/lesson-neighbours';
import { requireApi } from '~/lib/api-client.server';
import { parseForm, readForm } from '~/lib/form.server';
import { renderDocument } from '~/lib/markdown.server';
import { redirectWithNotice } from '~/lib/notice.server';
import { failureStatus, settle } from '~/lib/outcome';
import { pageTitle } from '~/lib/product';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const api = await requireApi(request);
  const [courseSlug, lessonSlug] = [params['courseSlug'] ?? '', params['lessonSlug'] ?? ''];
  const [{ body, ...lesson }, attached] = await Promise.all([
    loadLesson(api, courseSlug, lessonSlug),
    loadLessonFiles(api, courseSlug, lessonSlug),
  ]);
  return { lesson, attached, ...(await renderDocument(body)) };
}

/** Adds a file (the form of a page without JavaScript) or removes one. */
export async function action({ request }: ActionFunctionArgs) {
  const here = new URL(request.url).pathname;
  if (isUpload(request)) {
    const outcome = await settle(() => forwardUpload(request));
    return outcome.ok
      ? redirectWithNotice(`${here}#files`, 'file_added', outcome.value.file.name)
      : data({ message: uploadFailureWords(outcome.failure) }, failureStatus(outcome.failure));
  }
  const removal = parseForm(await readForm(request), removalForm);
  if (!removal.ok) return removal.refusal;
  const { fileId, name } = removal.value;
  const outcome = await settle(() => removeFile(request, fileId));
  // Removed in another window, perhaps.
  return outcome.ok || outcome.failure.code === 'not_found'
    ? redirectWithNotice(`${here}#files`, 'file_removed', name)
    : data({ message: outcome.failure.detail }, failureStatus(outcome.failure));
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data?.lesson.title ?? 'Lesson') },
];

export default function LessonPage() {
  const { lesson, attached, html, headings } = useLoaderData<typeof loader>();
  const refused = useActionData<{ message: string | null }>();
  const { pathname } = useLocation();
  const { course, problems } = lesson;
  const hasContents = headings.length > 1;
  return (
    <div className="grid gap-x-14 lg:grid-cols-[minmax(0,1fr)_15rem]">
      <article className="w-full max-w-[44rem] min-w-0">
        <Breadcrumbs
          items={[
            { label: 'Dashboard', to: '/dashboard' },
            { label: course.title, to: `/courses/${course.slug}` },
          ]}
          current={lesson.title}
        />
        <h1 className="text-2xl sm:text-3xl">{lesson.title}</h1>
        {hasContents ? (
          <details className="mt-6 rounded-md border border-line bg-surface px-4 py-3 lg:hidden">
            <summary className="font-medium">On this page</summary>
            <div className="mt-3">
              <TableOfContents headings={headings} />
            </div>
          </details>
        ) : null}
        <Markdown html={html} className="mt-8 text-[1.0625rem] leading-[1.7]" />
        {problems.length > 0 ? (
          <section
            aria-labelledby="problems"
            className="mt-14 rounded-lg border border-line bg-surface p-5 sm:p-6"
          >
            <h2 id="problems" className="mb-2 text-xl">
              Now try it
            </h2>
            <ProblemList problems={problems} />
          </section>
        ) : null}
        <LessonFilesSection
          key={attached.lessonId}
          attached={attached}
          action={`${pathname}#files`}
          message={refused?.message ?? null}
        />
        <LessonNeighbours lesson={lesson} />
      </article>
      {hasContents ? (
        <nav aria-labelledby="on-this-page" className="sticky top-8 hidden self-start pt-9 lg:block">
          <h2 id="on-this-page" className="mb-3 text-sm">
            On this page
          </h2>
          <TableOfContents headings={headings} />
        </nav>
      ) : null}
    </div>
  );
}
