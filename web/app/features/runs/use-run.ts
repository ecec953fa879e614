import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchOutcome, type Outcome } from '~/lib/outcome';
import type { ProgramRun } from './program-run';

export interface RunBody {
  languageId: number;
  sourceCode: string;
  stdin: string;
}

/** Runs programs one at a time; a newer run makes the older one's answer void. */
export const useRun = (
  problemSlug: string,
  first: Outcome<ProgramRun> | null,
  onResponse: (response: Response) => void,
) => {
  const [outcome, setOutcome] = useState(first);
  const [running, setRunning] = useState(false);
  const aborter = useRef<AbortController | null>(null);
  useEffect(() => () => aborter.current?.abort(), []);

  const run = useCallback(
    async (body: RunBody): Promise<Outcome<ProgramRun> | null> => {
      aborter.current?.abort();
      const mine = new AbortController();
      aborter.current = mine;
      setRunning(true);
      const answer = await fetchOutcome<ProgramRun>(`/problems/${encodeURIComponent(problemSlug)}/run`, {
        method: 'POST',
        body: JSON.stringify(body),
        signal: mine.signal,
        onResponse,
      });
      if (mine.signal.aborted) return null;
      setRunning(false);
      setOutcome(answer);
      return answer;
    },
    [problemSlug, onResponse],
  );

  // The server ends the program as soon as nobody waits for its answer.
  const stop = useCallback(() => {
    aborter.current?.abort();
    setRunning(false);
    setOutcome(null);
  }, []);

  return { outcome, running, run, stop };
};
