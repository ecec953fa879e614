import type { CheckName, Health } from '@coding-platform/api/schema/health';
import type { Outcome } from '~/lib/outcome';

export interface SteadyHealth {
  /** The latest health that could be had. */
  outcome: Outcome<Health>;
  /** How often in a row the api did not answer. */
  missed: number;
  /** How often in a row each component was unhealthy. */
  failures: Partial<Record<CheckName, number>>;
}

/** A component or the api counts as down from its second failure in a row: one may be a restart or a lost packet. */
export const downAfter = 2;

const countFailures = ({ checks }: Health, before: SteadyHealth['failures']): SteadyHealth['failures'] =>
  Object.fromEntries(
    Object.entries(checks).map(([name, status]) => [
      name,
      status === 'unhealthy' ? (before[name as CheckName] ?? 0) + 1 : 0,
    ]),
  );

/** What a page starts with: a failure of the first look is the first in a row. */
export const startSteady = (outcome: Outcome<Health>): SteadyHealth => ({
  outcome,
  missed: outcome.ok ? 0 : 1,
  failures: outcome.ok ? countFailures(outcome.value, {}) : {},
});

/** The state after one more look. An api that is missed once leaves what was known before. */
export const nextSteady = (before: SteadyHealth, outcome: Outcome<Health>): SteadyHealth => {
  if (outcome.ok) return { outcome, missed: 0, failures: countFailures(outcome.value, before.failures) };
  const missed = before.missed + 1;
  return { ...before, missed, outcome: missed < downAfter && before.outcome.ok ? before.outcome : outcome };
};

/** The components that failed once and may be well at the next look. */
export const unsure = ({ failures }: SteadyHealth): CheckName[] =>
  (Object.keys(failures) as CheckName[]).filter((name) => failures[name] === 1);

/** True when something has failed often enough to say so in red. */
export const isDown = ({ outcome, missed, failures }: SteadyHealth): boolean =>
  (!outcome.ok && missed >= downAfter) || Object.values(failures).some((count) => count >= downAfter);
