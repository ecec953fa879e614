import type { CourseSummary } from '@coding-platform/api/schema/courses';
import { Link } from '@remix-run/react';
import { count } from '~/lib/problem-words';
import { Badge } from './badge';
import { Card } from './card';
import { ProgressBar } from './progress-bar';

/** Courses as cards, with the learner's progress in each. */
export function CourseList({ courses }: { courses: CourseSummary[] }) {
  return (
    <ul className="space-y-4">
      {courses.map((course) => (
        <li key={course.slug}>
          <Card className="relative transition-colors hover:border-line-strong">
            <h3 className="text-lg">
              <Link
                to={`/courses/${course.slug}`}
                className="underline-offset-4 after:absolute after:inset-0 hover:underline"
              >
                {course.title}
              </Link>
            </h3>
            <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
              {course.instructorName}
              {course.relation === 'staff' ? <Badge tone="accent">You run this course</Badge> : null}
              {course.published ? null : <Badge tone="warn">Not published</Badge>}
            </p>
            <p className="mt-3 max-w-prose text-muted">{course.summary}</p>
            {course.relation === 'staff' ? (
              <p className="mt-4 text-sm text-muted">{count(course.problemsTotal, 'problem')}</p>
            ) : (
              <CourseProgress course={course} />
            )}
          </Card>
        </li>
      ))}
    </ul>
  );
}

type Progress = Pick<CourseSummary, 'title' | 'problemsSolved' | 'problemsTotal'>;

function CourseProgress({ course }: { course: Progress }) {
  const { title, problemsSolved, problemsTotal } = course;
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-1">
      <div className="min-w-40 flex-1">
        <ProgressBar value={problemsSolved} max={problemsTotal} label={`Progress in ${title}`} />
      </div>
      <p className="text-sm text-muted tabular-nums">
        {problemsSolved} of {count(problemsTotal, 'problem')} solved
      </p>
    </div>
  );
}
