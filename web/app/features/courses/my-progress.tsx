import type { CourseDetail } from '@coding-platform/api/schema/courses';
import { ButtonLink } from '~/components/button';
import { Card } from '~/components/card';
import { ProblemStrip } from '~/components/problem-strip';
import { count } from '~/lib/problem-words';

/** The learner's state on every problem of the course at a glance, and the way to the first one not solved. */
export function MyProgress({ course }: { course: CourseDetail }) {
  const problems = [...course.lessons.flatMap((lesson) => lesson.problems), ...course.otherProblems];
  const next = problems.find((problem) => problem.state !== 'solved');
  if (problems.length === 0) return null;
  return (
    <Card>
      <h2 className="text-base">My progress</h2>
      <p className="mt-1 text-sm text-muted">
        {course.problemsSolved} of {count(course.problemsTotal, 'problem')} solved
      </p>
      <div className="mt-4">
        <ProblemStrip states={problems.map((problem) => problem.state)} />
      </div>
      {next ? (
        <div className="mt-5">
          <p className="mb-2 text-sm text-muted">Next: {next.title}</p>
          <ButtonLink to={`/problems/${next.slug}`} size="small">
            {next.state === 'tried' ? 'Go on with it' : 'Open the problem'}
          </ButtonLink>
        </div>
      ) : (
        <p className="mt-4">You have solved them all.</p>
      )}
    </Card>
  );
}
