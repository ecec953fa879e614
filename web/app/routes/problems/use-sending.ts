import type { ProblemDetail, ProblemLanguage } from '@coding-platform/api/schema/problems';
import { useEffect, useState } from 'react';
import { errorPlaces } from '~/features/problems/error-places';
import { whyNotSend } from '~/features/problems/send-block';
import { summarizeRun, type ProgramRun } from '~/features/runs/program-run';
import { useAllowance } from '~/features/runs/use-allowance';
import { useRun } from '~/features/runs/use-run';
import { queueText, spokenState } from '~/features/submissions/judging-words';
import { useJudging } from '~/features/submissions/use-judging';
import { useSubmit } from '~/features/submissions/use-submit';
import { useWaitingSubmit } from '~/features/submissions/use-waiting-submit';
import type { Failure, Outcome } from '~/lib/outcome';

interface SendingOptions {
  /** Names the learner in this browser's storage. */
  userKey: string;
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
const useSubmission = (
  { problem, pendingId, onOver }: SendingOptions,
  onHeaders: (headers: Headers) => void,
) => {
  const submit = useSubmit(problem.slug, pendingId, onHeaders);
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

/** Where a run is. */
const runningText = (position: number | null): string =>
  position === null ? 'Running on the samples' : queueText(position);

const spokenRun = (run: ReturnType<typeof useRun>): string => {
  if (run.running) return runningText(run.position);
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
  const { left, waitSeconds, startWait, note } = useAllowance();
  const run = useRun(problem.slug, posted?.run ?? null, note);
  const submission = useSubmission(options, note);
  const [runLanguageId, setRunLanguageId] = useState(program.languageId);
  const [shown, setShown] = useState<'run' | 'submission' | null>(firstShown(options));
  const blocked = blockedBy(options);

  const begin = (what: 'run' | 'submission') => {
    setShown(what);
    options.onShow();
  };
  /** The seconds to wait after a refusal for too many; null after anything else. */
  const waitAfter = (failure: Failure | null): number | null => {
    if (failure?.code !== 'too_many_requests') return null;
    const seconds = failure.retryAfterSeconds ?? 5;
    startWait(seconds);
    return seconds;
  };
  const startRun = async () => {
    if (blocked !== null || waitSeconds > 0 || run.running) return;
    begin('run');
    setRunLanguageId(program.languageId);
    const outcome = await run.run(program);
    waitAfter(outcome && !outcome.ok ? outcome.failure : null);
  };
  const submitsNow = submission.sending || submission.isJudging;
  const send = async () => {
    begin('submission');
    return waitAfter(await submission.submit(program));
  };
  const waiting = useWaitingSubmit({
    userKey: options.userKey,
    problemSlug: problem.slug,
    languageId: program.languageId,
    waitSeconds,
    onResume: startWait,
    busy: options.loading || submitsNow,
    blocked: blocked !== null,
    // Another tab may have taken the turn: then it waits for the next.
    submit: () => void send().then((seconds) => seconds !== null && waiting.wait(seconds)),
  });
  const startSubmit = () => {
    if (blocked !== null || submitsNow || waiting.isWaiting) return;
    if (waitSeconds > 0) waiting.wait(waitSeconds);
    else void send();
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
    running: run.running ? runningText(run.position) : null,
    stopRun: run.stop,
    spoken: failure || shown === null ? '' : shown === 'run' ? spokenRun(run) : submission.spoken,
    waiting: { isWaiting: waiting.isWaiting, waitSeconds, onCancel: waiting.cancel },
    bar: {
      blocked,
      waitSeconds,
      left,
      isWaiting: waiting.isWaiting,
      running: run.running,
      submitting: submission.sending,
      judging: submission.isJudging,
    },
    run: () => void startRun(),
    submit: startSubmit,
  };
};

export type Sending = ReturnType<typeof useSending>;
