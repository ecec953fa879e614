import type { CourseDetail } from '@coding-platform/api/schema/courses';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Badge } from '~/components/badge';
import { Breadcrumbs } from '~/components/breadcrumbs';
import { ButtonLink } from '~/components/button';
import { EmptyState } from '~/components/empty-state';
import { PageHeader } from '~/components/page-header';
import { ProblemList } from '~/components/problem-list';
import { loadCourse } from '~/features/courses/api.server';
import { EnrolmentCode } from '~/features/courses/enrolment-code';
import { LessonOutline } from '~/features/courses/lesson-outline';
import { MyProgress } from '~/features/courses/my-progress';
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
    <>
      <Breadcrumbs items={[{ label: 'Dashboard', to: '/dashboard' }]} current={course.title} />
      <PageHeader
        title={course.title}
        actions={
          course.relation === 'staff' ? (
            <ButtonLink look="secondary" to={`/courses/${course.slug}/submissions`}>
              Submissions
            </ButtonLink>
          ) : null
        }
      >
        <p className="max-w-prose text-lg">{course.summary}</p>
        <p className="mt-2 flex flex-wrap gap-x-4 gap-y-2 text-sm">
          Taught by {course.instructorName}
          {course.published ? null : <Badge tone="warn">Not published: learners do not see it yet</Badge>}
        </p>
      </PageHeader>
      <div className="mt-10 grid items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <aside className="space-y-6 lg:sticky lg:top-8 lg:order-last">
          {course.relation === 'learner' ? <MyProgress course={course} /> : null}
          {course.enrolmentCode ? <EnrolmentCode code={course.enrolmentCode} appUrl={appUrl} /> : null}
        </aside>
        <div className="space-y-10">
          <Lessons course={course} />
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
    </>
  );
}

function Lessons({ course }: { course: CourseDetail }) {
  return (
    <section aria-labelledby="lessons">
      <h2 id="lessons" className="mb-4 text-xl">
        Lessons
      </h2>
      {course.lessons.length > 0 ? (
        <LessonOutline courseSlug={course.slug} lessons={course.lessons} />
      ) : (
        <EmptyState title="No lessons yet" text="They appear here as soon as the teacher has written them." />
      )}
    </section>
  );
}
