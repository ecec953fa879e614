import type { ProblemDetail, ProblemLanguage } from '@coding-platform/api/schema/problems';
import { useEffect, useState } from 'react';
import { whyNotSend } from '~/features/problems/send-block';
import { useCountdown } from '~/features/problems/use-countdown';
import { summarizeRun, type ProgramRun } from '~/features/runs/program-run';
import { useRun } from '~/features/runs/use-run';
import { spokenState } from '~/features/submissions/judging-words';
import { useJudging } from '~/features/submissions/use-judging';
import { useSubmit } from '~/features/submissions/use-submit';
import type { Failure, Outcome } from '~/lib/outcome';

interface SendingOptions {
  problem: ProblemDetail;
  language: ProblemLanguage | undefined;
  program: { languageId: number; sourceCode: string; stdin: string };
  /** The language's draft is on its way. */
  loading: boolean;
  scripted: boolean;
  posted: { run: Outcome<ProgramRun> | null; failure: Failure | null } | null;
  /** Results are about to come: show them. */
  onShow: () => void;
  /** A submission has been judged. */
  onOver: () => void;
}

/** Runs and submissions of the workspace: when they may go, and what is shown of them. */
export const useSending = (options: SendingOptions) => {
  const { problem, language, program, scripted, posted, onShow } = options;
  const run = useRun(problem.slug, posted?.run ?? null);
  const submit = useSubmit(problem.slug);
  const judging = useJudging(submit.id, null);
  const [waitSeconds, startWait] = useCountdown();
  const [shown, setShown] = useState<'run' | 'submission' | null>(posted?.run ? 'run' : null);

  // Without script the page does not see what is typed: only what the server knows can hold a button back.
  const sourceCode = scripted ? program.sourceCode : 'unknown';
  const blocked = options.loading
    ? 'Your code is being loaded.'
    : whyNotSend({ problem, language, sourceCode });
  const isJudging = submit.id !== null && judging.detail === null;
  const mayGo = blocked === null && waitSeconds === 0;

  const { onOver } = options;
  const over = judging.detail;
  useEffect(() => {
    if (over) onOver();
    // Once per submission, whatever the page's functions have become since.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [over]);

  const wait = (failure: Failure | null | undefined) => {
    if (failure?.retryAfterSeconds && failure.code === 'too_many_requests')
      startWait(failure.retryAfterSeconds);
  };
  const startRun = async () => {
    if (!mayGo || run.running) return;
    setShown('run');
    onShow();
    const outcome = await run.run(program);
    wait(outcome && !outcome.ok ? outcome.failure : null);
  };
  const startSubmit = async () => {
    if (!mayGo || submit.sending || isJudging) return;
    setShown('submission');
    onShow();
    wait(await submit.submit(program));
  };

  const failure =
    shown === 'run'
      ? run.outcome && !run.outcome.ok && !run.running
        ? run.outcome.failure
        : null
      : (submit.failure ?? (shown === null ? (posted?.failure ?? null) : null));
  const spokenRun = run.running
    ? 'Running on the samples'
    : run.outcome?.ok
      ? summarizeRun(run.outcome.value)
      : '';
  const spokenSubmission = submit.id && !submit.sending ? spokenState(judging) : 'Submitting';

  return {
    shown,
    failure,
    runResult: run.outcome?.ok && !run.running ? run.outcome.value : null,
    running: run.running,
    submitting: submit.sending,
    judging: submit.id && !submit.sending && !submit.failure ? judging : null,
    spoken: failure || shown === null ? '' : shown === 'run' ? spokenRun : spokenSubmission,
    bar: { blocked, waitSeconds, running: run.running, submitting: submit.sending, judging: isJudging },
    run: () => void startRun(),
    submit: () => void startSubmit(),
  };
};

export type Sending = ReturnType<typeof useSending>;
