import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Breadcrumbs } from '~/components/breadcrumbs';
import { PageHeader } from '~/components/page-header';
import { loadCourse } from '~/features/courses/api.server';
import { loadCourseSubmissions } from '~/features/submissions/api.server';
import { courseSubmissionQueryOf } from '~/features/submissions/course-submission-query';
import { CourseSubmissionTable } from '~/features/submissions/course-submission-table';
import { requireApi } from '~/lib/api-client.server';
import { pageTitle } from '~/lib/product';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const api = await requireApi(request);
  const slug = params['courseSlug'] ?? '';
  const { query, before } = courseSubmissionQueryOf(request.url);
  const [course, list] = await Promise.all([
    loadCourse(api, slug),
    loadCourseSubmissions(api, slug, query, before),
  ]);
  return { course, list, query };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data ? `Submissions · ${data.course.title}` : 'Submissions') },
];

export default function CourseSubmissionsPage() {
  const { course, list, query } = useLoaderData<typeof loader>();
  return (
    <>
      <Breadcrumbs
        items={[
          { label: 'Dashboard', to: '/dashboard' },
          { label: course.title, to: `/courses/${course.slug}` },
        ]}
        current="Submissions"
      />
      <PageHeader title="Submissions">
        <p>Everything submitted in {course.title}, newest first.</p>
      </PageHeader>
      <div className="mt-6">
        <CourseSubmissionTable course={course} list={list} query={query} />
      </div>
    </>
  );
}
