import type { Difficulty } from '@coding-platform/api/schema/problems';
import { difficultyWords } from '~/lib/problem-words';

const steps: Record<Difficulty, number> = { easy: 1, medium: 2, hard: 3 };

/** How hard a problem is: a word, and one to three steps. */
export function DifficultyBadge({ difficulty }: { difficulty: Difficulty }) {
  return (
    <span className="inline-flex w-18 items-center gap-1.5 text-xs whitespace-nowrap text-muted">
      <svg viewBox="0 0 14 12" aria-hidden="true" className="h-3 w-3.5">
        {[1, 2, 3].map((step) => (
          <rect
            key={step}
            x={(step - 1) * 5}
            y={12 - step * 4}
            width="3.5"
            height={step * 4}
            rx="0.75"
            fill="currentColor"
            opacity={step <= steps[difficulty] ? 1 : 0.25}
          />
        ))}
      </svg>
      {difficultyWords[difficulty]}
    </span>
  );
}
