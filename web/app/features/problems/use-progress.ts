import type { ProblemDetail } from '@coding-platform/api/schema/problems';
import { useCallback, useState } from 'react';
import { fetchOutcome } from '~/lib/outcome';

/** What changes on a problem by submitting: its own state and that of its lesson's problems. */
export type Progress = Pick<ProblemDetail, 'state' | 'bestScore' | 'siblings'>;

/** The problem with its newest progress, and the way to ask for that again. */
export const useProgress = (problem: ProblemDetail): [ProblemDetail, () => Promise<void>] => {
  const [progress, setProgress] = useState<Progress | null>(null);
  const { slug } = problem;
  const refresh = useCallback(async () => {
    const outcome = await fetchOutcome<Progress>(`/problems/${encodeURIComponent(slug)}/progress`);
    if (outcome.ok) setProgress(outcome.value);
  }, [slug]);
  return [{ ...problem, ...progress }, refresh];
};
