import type { LessonSummary } from '@coding-platform/api/schema/lessons';
import { Link } from '@remix-run/react';
import { ProblemList } from '~/components/problem-list';

/** The lessons of a course in order, each with its problems. */
export function LessonOutline({ courseSlug, lessons }: { courseSlug: string; lessons: LessonSummary[] }) {
  return (
    <ol className="space-y-3">
      {lessons.map((lesson, index) => (
        <li
          key={lesson.slug}
          className="grid gap-x-4 border-t border-line pt-5 pb-4 sm:grid-cols-[2rem_minmax(0,1fr)]"
        >
          <span aria-hidden="true" className="pt-1 font-mono text-sm text-muted">
            {String(index + 1).padStart(2, '0')}
          </span>
          <div>
            <h3 className="text-lg">
              <Link
                to={`/courses/${courseSlug}/lessons/${lesson.slug}`}
                className="group flex flex-wrap items-baseline justify-between gap-x-6"
              >
                <span className="underline-offset-4 group-hover:underline">{lesson.title}</span>
                <span aria-hidden="true" className="text-sm font-normal text-accent group-hover:underline">
                  Read the lesson
                </span>
              </Link>
            </h3>
            {lesson.problems.length > 0 ? (
              <div className="mt-2">
                <ProblemList problems={lesson.problems} />
              </div>
            ) : (
              <p className="mt-1 text-sm text-muted">To read; it has no problems.</p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
