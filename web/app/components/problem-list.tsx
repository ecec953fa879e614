import type { ProblemSummary } from '@coding-platform/api/schema/problems';
import { Link } from '@remix-run/react';
import { DifficultyBadge } from './difficulty-badge';
import { ProblemStateMark } from './problem-state-mark';

/** Problems in order, one a line, each with the learner's state on it. */
export function ProblemList({ problems }: { problems: ProblemSummary[] }) {
  return (
    <ul className="divide-y divide-line">
      {problems.map((problem) => (
        <li key={problem.slug} className="relative flex items-center gap-x-3 py-2.5 hover:bg-sunken/60">
          <ProblemStateMark state={problem.state} />
          <span className="min-w-0 flex-1">
            <Link
              to={`/problems/${problem.slug}`}
              className="font-medium underline-offset-4 after:absolute after:inset-0 hover:underline"
            >
              {problem.title}
            </Link>
          </span>
          <DifficultyBadge difficulty={problem.difficulty} />
          <Points problem={problem} />
        </li>
      ))}
    </ul>
  );
}

function Points({ problem }: { problem: ProblemSummary }) {
  const { bestScore, points, state } = problem;
  return (
    <span className="w-16 text-right font-mono text-xs text-muted tabular-nums">
      {state === 'none' ? points : `${bestScore}/${points}`}
      <span aria-hidden="true"> pt</span>
      <span className="sr-only"> points</span>
    </span>
  );
}
