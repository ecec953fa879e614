import type { Dashboard } from '@coding-platform/api/schema/dashboard';
import { ButtonLink } from '~/components/button';
import { DifficultyBadge } from '~/components/difficulty-badge';
import { ProblemStateMark } from '~/components/problem-state-mark';
import { count } from '~/lib/problem-words';

/** What to do next, one click away. */
export function NextProblem({ next }: { next: NonNullable<Dashboard['next']> }) {
  const { problem, course, lesson } = next;
  return (
    <section aria-labelledby="next" className="rounded-lg bg-accent-soft p-5 sm:p-7">
      <h2 id="next" className="text-sm font-medium text-accent">
        {problem.state === 'tried' ? 'Pick up where you stopped' : 'Do this next'}
      </h2>
      <p className="mt-2 text-2xl font-semibold text-balance">{problem.title}</p>
      <p className="mt-1 text-muted">{[course.title, lesson?.title].filter(Boolean).join(', ')}</p>
      <div className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-4">
        <ButtonLink to={`/problems/${problem.slug}`}>
          {problem.state === 'tried' ? 'Go on with this problem' : 'Open the problem'}
        </ButtonLink>
        {lesson ? (
          <ButtonLink to={`/courses/${course.slug}/lessons/${lesson.slug}`} look="quiet">
            Read the lesson first
          </ButtonLink>
        ) : null}
        <span className="flex items-center gap-x-4">
          {problem.state === 'tried' ? <ProblemStateMark state="tried" withWord /> : null}
          <DifficultyBadge difficulty={problem.difficulty} />
          <span className="text-xs text-muted">{count(problem.points, 'point')}</span>
        </span>
      </div>
    </section>
  );
}
