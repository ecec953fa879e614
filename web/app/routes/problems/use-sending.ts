import type { ProblemDetail, ProblemLanguage } from '@coding-platform/api/schema/problems';
import { useEffect, useState } from 'react';
import { errorPlaces } from '~/features/problems/error-places';
import { whyNotSend } from '~/features/problems/send-block';
import { useCountdown } from '~/lib/use-countdown';
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
  /** A submission of an earlier visit that is still being judged. */
  pendingId: string | null;
  posted: { run: Outcome<ProgramRun> | null; failure: Failure | null } | null;
  /** Results are about to come: show them. */
  onShow: () => void;
  /** A submission has been judged. */
  onOver: () => void;
}

/** The newest submission: handed in, judged, over. */
const useSubmission = ({ problem, pendingId, onOver }: SendingOptions) => {
  const submit = useSubmit(problem.slug, pendingId);
  const judging = useJudging(submit.id, null);
  const over = judging.detail;
  useEffect(() => {
    if (over) onOver();
    // Once per submission, whatever the page's functions have become since.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [over]);
  const isSent = submit.id !== null && !submit.sending && !submit.failure;
  return {
    ...submit,
    judging: isSent ? judging : null,
    isJudging: submit.id !== null && over === null,
    spoken: isSent ? spokenState(judging) : 'Submitting',
  };
};

const spokenRun = (run: ReturnType<typeof useRun>): string => {
  if (run.running) return 'Running on the samples';
  return run.outcome?.ok ? summarizeRun(run.outcome.value) : '';
};

/** Why the buttons are off. Without script the page does not see what is typed: only what the server knows counts. */
const blockedBy = ({ loading, scripted, problem, language, program }: SendingOptions): string | null =>
  loading
    ? 'Your code is being loaded.'
    : whyNotSend({ problem, language, sourceCode: scripted ? program.sourceCode : 'unknown' });

const firstShown = ({ posted, pendingId }: SendingOptions) =>
  posted?.run ? 'run' : pendingId ? 'submission' : null;

/** Runs and submissions of the workspace: when they may go, and what is shown of them. */
export const useSending = (options: SendingOptions) => {
  const { problem, program, posted } = options;
  const run = useRun(problem.slug, posted?.run ?? null);
  const submission = useSubmission(options);
  const [waitSeconds, startWait] = useCountdown();
  const [runLanguageId, setRunLanguageId] = useState(program.languageId);
  const [shown, setShown] = useState<'run' | 'submission' | null>(firstShown(options));
  const blocked = blockedBy(options);
  const mayGo = blocked === null && waitSeconds === 0;

  const begin = (what: 'run' | 'submission') => {
    setShown(what);
    options.onShow();
  };
  const waitAfter = (failure: Failure | null) => {
    if (failure?.code === 'too_many_requests') startWait(failure.retryAfterSeconds ?? 5);
  };
  const startRun = async () => {
    if (!mayGo || run.running) return;
    begin('run');
    setRunLanguageId(program.languageId);
    const outcome = await run.run(program);
    waitAfter(outcome && !outcome.ok ? outcome.failure : null);
  };
  const startSubmit = async () => {
    if (!mayGo || submission.sending || submission.isJudging) return;
    begin('submission');
    waitAfter(await submission.submit(program));
  };

  const runFailure = run.outcome && !run.outcome.ok && !run.running ? run.outcome.failure : null;
  const failures = { run: runFailure, submission: submission.failure, none: posted?.failure ?? null };
  const failure = failures[shown ?? 'none'];
  const runResult = run.outcome?.ok && !run.running ? run.outcome.value : null;
  return {
    shown,
    failure,
    runResult,
    places: errorPlaces({
      languageId: program.languageId,
      run: shown === 'run' && runResult ? { result: runResult, languageId: runLanguageId } : null,
      submission: shown === 'submission' ? (submission.judging?.detail ?? null) : null,
    }),
    judging: submission.judging,
    submissionId: submission.id,
    isRunning: run.running,
    stopRun: run.stop,
    spoken: failure || shown === null ? '' : shown === 'run' ? spokenRun(run) : submission.spoken,
    bar: {
      blocked,
      waitSeconds,
      running: run.running,
      submitting: submission.sending,
      judging: submission.isJudging,
    },
    run: () => void startRun(),
    submit: () => void startSubmit(),
  };
};

export type Sending = ReturnType<typeof useSending>;
