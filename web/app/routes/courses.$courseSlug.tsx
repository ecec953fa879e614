import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Badge } from '~/components/badge';
import { Breadcrumbs } from '~/components/breadcrumbs';
import { CourseProgress } from '~/components/course-list';
import { EmptyState } from '~/components/empty-state';
import { PageHeader } from '~/components/page-header';
import { ProblemList } from '~/components/problem-list';
import { loadCourse } from '~/features/courses/api.server';
import { EnrolmentCode } from '~/features/courses/enrolment-code';
import { LessonOutline } from '~/features/courses/lesson-outline';
import { requireApi } from '~/lib/api-client.server';
import { getEnv } from '~/lib/env.server';
import { pageTitle } from '~/lib/product';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const course = await loadCourse(await requireApi(request), params['courseSlug'] ?? '');
  return { course, appUrl: getEnv().appUrl };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data?.course.title ?? 'Course') },
];

export default function CoursePage() {
  const { course, appUrl } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto max-w-4xl">
      <Breadcrumbs items={[{ label: 'Dashboard', to: '/dashboard' }]} />
      <PageHeader title={course.title} kicker={course.instructorName}>
        <p className="max-w-prose text-lg">{course.summary}</p>
      </PageHeader>
      {course.published ? null : (
        <p className="mt-4">
          <Badge tone="warn">Not published: learners do not see it yet</Badge>
        </p>
      )}
      <div className="mt-6 space-y-10">
        {course.relation === 'staff' ? null : <CourseProgress course={course} />}
        {course.enrolmentCode ? <EnrolmentCode code={course.enrolmentCode} appUrl={appUrl} /> : null}
        <section aria-labelledby="lessons">
          <h2 id="lessons" className="mb-4 text-xl">
            Lessons
          </h2>
          {course.lessons.length > 0 ? (
            <LessonOutline courseSlug={course.slug} lessons={course.lessons} />
          ) : (
            <EmptyState
              title="No lessons yet"
              text="They appear here as soon as your teacher has written them."
            />
          )}
        </section>
        {course.otherProblems.length > 0 ? (
          <section aria-labelledby="other-problems">
            <h2 id="other-problems" className="mb-2 text-xl">
              More problems
            </h2>
            <ProblemList problems={course.otherProblems} />
          </section>
        ) : null}
      </div>
    </div>
  );
}
