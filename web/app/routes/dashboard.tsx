import { enrolRequest } from '@coding-platform/api/schema/enrolments';
import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { ButtonLink } from '~/components/button';
import { Card } from '~/components/card';
import { CourseList } from '~/components/course-list';
import { EmptyState } from '~/components/empty-state';
import { PageHeader } from '~/components/page-header';
import { SubmissionList } from '~/components/submission-list';
import { loadDashboard } from '~/features/dashboard/api.server';
import { NextProblem } from '~/features/dashboard/next-problem';
import { joinCourse } from '~/features/enrolments/api.server';
import { JoinForm } from '~/features/enrolments/join-form';
import { requireApi } from '~/lib/api-client.server';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import type { FormState } from '~/lib/form-state';
import { noticeCookie } from '~/lib/notice.server';
import { pageTitle } from '~/lib/product';
import { requireSession } from '~/lib/session.server';
import type { SessionUser } from '~/lib/session-user';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await requireSession(request);
  const dashboard = await loadDashboard(await requireApi(request));
  const code = new URL(request.url).searchParams.get('code')?.slice(0, 64) ?? '';
  return { ...dashboard, code, organizationName: user.organizationName, role: user.role };
}

export async function action({ request }: ActionFunctionArgs) {
  const api = await requireApi(request);
  const form = await readForm(request);
  const parsed = parseForm(form, enrolRequest);
  if (!parsed.ok) return parsed.refusal;
  try {
    const slug = await joinCourse(api, parsed.value);
    return redirect(`/courses/${slug}`, { headers: { 'Set-Cookie': await noticeCookie('joined') } });
  } catch (thrown) {
    return refuseByProblem(form, thrown, { unknown_enrolment_code: 'code' });
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Dashboard') }];

export default function DashboardPage() {
  const { courses, next, recentSubmissions, code, organizationName, role } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Dashboard" kicker={organizationName} />
      <div className="mt-8 grid items-start gap-x-12 gap-y-12 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="space-y-10">
          {next ? <NextProblem next={next} /> : null}
          <section aria-labelledby="courses">
            <h2 id="courses" className="mb-4 text-xl">
              My courses
            </h2>
            {courses.length > 0 ? (
              <CourseList courses={courses} />
            ) : (
              <NoCourses role={role} state={state} code={code} />
            )}
          </section>
        </div>
        <aside className="space-y-10">
          <RecentSubmissions submissions={recentSubmissions} />
          {courses.length > 0 || role !== 'student' ? (
            <section aria-labelledby="join">
              <h2 id="join" className="mb-3 text-lg">
                {courses.length > 0 ? 'Join another course' : 'Join a course as a learner'}
              </h2>
              <Card>
                <JoinForm state={state} code={code} />
              </Card>
            </section>
          ) : null}
        </aside>
      </div>
    </>
  );
}

interface NoCoursesProps {
  role: SessionUser['role'];
  state: FormState | undefined;
  code: string;
}

/** The first page of somebody without courses: a learner joins one, staff are told how they come to theirs. */
function NoCourses({ role, state, code }: NoCoursesProps) {
  if (role === 'student') {
    return (
      <EmptyState title="You are in no course yet" text="Join one with the code that your teacher gave you.">
        <JoinForm state={state} code={code} look="primary" />
      </EmptyState>
    );
  }
  return role === 'admin' ? (
    <EmptyState
      title="Welcome"
      text="You run no course. Invite people and check that everything works first."
    >
      <ButtonLink to="/admin">Go to Administration</ButtonLink>
    </EmptyState>
  ) : (
    <EmptyState
      title="Welcome"
      text="You do not run a course yet. Once your administrator assigns one to you, it is listed here with its lessons, its code for learners, and their submissions."
    >
      <ButtonLink to="/account" look="secondary">
        Complete your account
      </ButtonLink>
    </EmptyState>
  );
}

type Recent = { submissions: ReturnType<typeof useLoaderData<typeof loader>>['recentSubmissions'] };

function RecentSubmissions({ submissions }: Recent) {
  return (
    <section aria-labelledby="recent">
      <div className="mb-1 flex items-baseline justify-between gap-4">
        <h2 id="recent" className="text-lg">
          Recent submissions
        </h2>
        {submissions.length > 0 ? (
          <Link className="link text-sm" to="/submissions">
            Show all
          </Link>
        ) : null}
      </div>
      {submissions.length > 0 ? (
        <SubmissionList submissions={submissions} />
      ) : (
        <p className="mt-2 text-muted">What you submit appears here with its verdict.</p>
      )}
    </section>
  );
}
