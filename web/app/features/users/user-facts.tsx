import type { UserDetail } from '@coding-platform/api/schema/users';
import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { LocalTime } from '~/components/local-time';

/** What an administrator decides by. */
export function UserFacts({ user }: { user: UserDetail }) {
  return (
    <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
      <Fact name="Joined">
        <LocalTime iso={user.createdAt} />
      </Fact>
      <Fact name="Last sign-in">{user.lastSignInAt ? <LocalTime iso={user.lastSignInAt} /> : 'Never'}</Fact>
      {user.deactivatedAt ? (
        <Fact name="Closed">
          <LocalTime iso={user.deactivatedAt} />
        </Fact>
      ) : null}
      <Fact name="Open sessions">{user.sessions}</Fact>
      <Fact name="Submissions">{user.submissions}</Fact>
      <Fact name="Two-factor authentication">{user.secondFactor ? 'On' : 'Off'}</Fact>
      <Fact name="Learns in">
        <Courses courses={user.coursesLearned} />
      </Fact>
      <Fact name="Teaches">
        <Courses courses={user.coursesTaught} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Courses({ courses }: { courses: UserDetail['coursesLearned'] }) {
  if (courses.length === 0) return 'No course';
  return (
    <ul>
      {courses.map(({ slug, title }) => (
        <li key={slug}>
          <Link to={`/courses/${slug}`} className="link">
            {title}
          </Link>
        </li>
      ))}
    </ul>
  );
}
