import type { ProblemDetail } from '@coding-platform/api/schema/problems';
import { ButtonLink } from '~/components/button';
import { nextProblem } from './next-problem';

/** After success: the next problem of the lesson, or the way back to it. */
export function NextStep({
  problem,
}: {
  problem: Pick<ProblemDetail, 'slug' | 'siblings' | 'course' | 'lesson'>;
}) {
  const next = nextProblem(problem.siblings, problem.slug);
  const { course, lesson } = problem;
  const home = lesson ? `/courses/${course.slug}/lessons/${lesson.slug}` : `/courses/${course.slug}`;
  return (
    <span className="flex flex-wrap items-center gap-3 text-sm">
      <span className="font-semibold text-good">Solved!</span>
      <ButtonLink to={next ? `/problems/${next.slug}` : home} size="small">
        {next ? `Next: ${next.title}` : `Back to ${lesson?.title ?? course.title}`}
      </ButtonLink>
    </span>
  );
}
