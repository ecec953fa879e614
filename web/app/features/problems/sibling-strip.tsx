import type { ProblemDetail } from '@coding-platform/api/schema/problems';
import { Link } from '@remix-run/react';
import { ProblemStateMark } from '~/components/problem-state-mark';

type StripProblem = Pick<ProblemDetail, 'slug' | 'course' | 'lesson' | 'siblings'>;

/** Where the problem belongs, and the problems of its lesson by number, each with its state. */
export function SiblingStrip({ problem }: { problem: StripProblem }) {
  const { course, lesson, siblings } = problem;
  const home = lesson ? `/courses/${course.slug}/lessons/${lesson.slug}` : `/courses/${course.slug}`;
  return (
    <div className="flex min-w-0 items-center gap-x-4">
      <Link to={home} className="truncate text-sm text-muted hover:text-ink">
        <span aria-hidden="true">← </span>
        {lesson?.title ?? course.title}
      </Link>
      {siblings.length > 1 && (
        <nav aria-label="Problems of this lesson" className="min-w-0 overflow-x-auto">
          <ol className="flex gap-1">
            {siblings.map((sibling, at) => (
              <li key={sibling.slug}>
                <Link
                  to={`/problems/${sibling.slug}`}
                  title={sibling.title}
                  aria-current={sibling.slug === problem.slug ? 'page' : undefined}
                  className="flex min-h-8 items-center gap-1.5 rounded-md px-2 text-sm tabular-nums hover:bg-sunken aria-[current=page]:bg-sunken aria-[current=page]:font-semibold"
                >
                  <ProblemStateMark state={sibling.state} />
                  <span aria-hidden="true">{at + 1}</span>
                  <span className="sr-only">{`${at + 1}. ${sibling.title}`}</span>
                </Link>
              </li>
            ))}
          </ol>
        </nav>
      )}
    </div>
  );
}
