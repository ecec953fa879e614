import type { LessonSummary } from '@coding-platform/api/schema/lessons';
import { Link } from '@remix-run/react';
import { ProblemList } from '~/components/problem-list';
import { ProblemStrip } from '~/components/problem-strip';

/** The lessons of a course in order, each with its problems. */
export function LessonOutline({ courseSlug, lessons }: { courseSlug: string; lessons: LessonSummary[] }) {
  return (
    <ol className="space-y-3">
      {lessons.map((lesson, index) => (
        <li
          key={lesson.slug}
          className="grid gap-x-6 border-t border-line pt-5 pb-4 sm:grid-cols-[2.5rem_minmax(0,1fr)]"
        >
          <span aria-hidden="true" className="pt-1 font-mono text-sm text-muted">
            {String(index + 1).padStart(2, '0')}
          </span>
          <div>
            <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
              <h3 className="text-lg">
                <Link
                  to={`/courses/${courseSlug}/lessons/${lesson.slug}`}
                  className="underline-offset-4 hover:underline"
                >
                  {lesson.title}
                </Link>
              </h3>
              {lesson.problems.length > 0 ? (
                <ProblemStrip states={lesson.problems.map((problem) => problem.state)} />
              ) : null}
            </div>
            {lesson.problems.length > 0 ? (
              <div className="mt-2">
                <ProblemList problems={lesson.problems} />
              </div>
            ) : (
              <p className="mt-1 text-sm text-muted">To read; no problems.</p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
