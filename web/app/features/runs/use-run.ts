import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchOutcome, type Outcome } from '~/lib/outcome';
import type { ProgramRun } from './program-run';

export interface RunBody {
  languageId: number;
  sourceCode: string;
  stdin: string;
}

/**
 * Runs programs one at a time; a newer run makes the older one's answer void. `position` is the run's in the queue, null
 * when it does not wait.
 */
export const useRun = (
  problemSlug: string,
  first: Outcome<ProgramRun> | null,
  onHeaders: (headers: Headers) => void,
) => {
  const [outcome, setOutcome] = useState(first);
  const [running, setRunning] = useState(false);
  const [position, setPosition] = useState<number | null>(null);
  const aborter = useRef<AbortController | null>(null);
  useEffect(() => () => aborter.current?.abort(), []);

  const run = useCallback(
    async (body: RunBody): Promise<Outcome<ProgramRun> | null> => {
      aborter.current?.abort();
      const mine = new AbortController();
      aborter.current = mine;
      setRunning(true);
      setPosition(null);
      const answer = await fetchOutcome<ProgramRun>(`/problems/${encodeURIComponent(problemSlug)}/run`, {
        method: 'POST',
        body: JSON.stringify(body),
        signal: mine.signal,
        onHeaders,
        onStep: (step) => mine.signal.aborted || setPosition(step),
      });
      if (mine.signal.aborted) return null;
      setRunning(false);
      setOutcome(answer);
      return answer;
    },
    [problemSlug, onHeaders],
  );

  // The server ends the program as soon as nobody waits for its answer.
  const stop = useCallback(() => {
    aborter.current?.abort();
    setRunning(false);
    setOutcome(null);
  }, []);

  return { outcome, running, position, run, stop };
};
