import type { ProblemDetail, ProblemLanguage } from '@coding-platform/api/schema/problems';
import { Button } from '~/components/button';
import { FailureNotice } from '~/components/failure-notice';
import { Spinner } from '~/components/spinner';
import { NextStep } from '~/features/problems/next-step';
import { ResultsEmpty } from '~/features/problems/results-empty';
import { RunResults } from '~/features/runs/run-results';
import { StopButton } from '~/features/submissions/stop-button';
import { SubmissionResult } from '~/features/submissions/submission-result';
import type { Sending } from './use-sending';

interface ResultsPaneProps {
  form: string;
  sending: Sending;
  problem: ProblemDetail;
  language: ProblemLanguage | undefined;
  signInTo: string;
}

function Waiting({ text, stop }: { text: string; stop?: () => void }) {
  return (
    <p className="flex items-center gap-2.5 px-4 py-3 font-semibold">
      <Spinner className="size-4 text-accent" />
      {text}
      {stop && (
        <Button type="button" size="small" look="secondary" className="ml-auto" onClick={stop}>
          Stop
        </Button>
      )}
    </p>
  );
}

/** What comes of running and submitting: the newest of the two. */
export function ResultsPane({ form, sending, problem, language, signInTo }: ResultsPaneProps) {
  const limits = {
    timeLimitMs: language?.timeLimitMs ?? problem.timeLimitMs,
    memoryLimitKb: problem.memoryLimitKb,
  };
  if (sending.failure) {
    return (
      <div className="p-4">
        <FailureNotice failure={sending.failure} signInTo={signInTo} />
      </div>
    );
  }
  if (sending.shown === 'run') {
    if (sending.running) return <Waiting text={sending.running} stop={sending.stopRun} />;
    return sending.runResult ? (
      <RunResults run={sending.runResult} limits={limits} signInTo={signInTo} />
    ) : (
      <p className="px-4 py-3 text-sm">The run was stopped.</p>
    );
  }
  if (sending.shown === 'submission') {
    if (!sending.judging) return <Waiting text="Submitting" />;
    const { detail } = sending.judging;
    const again = (
      <Button form={form} name="intent" value="submit" size="small" look="secondary">
        Submit again
      </Button>
    );
    const next =
      detail?.verdict === 'accepted' ? (
        <NextStep problem={problem} />
      ) : detail?.status === 'judge_failed' ? (
        again
      ) : null;
    const { submissionId } = sending;
    const stop = submissionId && <StopButton key={submissionId} submissionId={submissionId} />;
    return <SubmissionResult state={sending.judging} limits={limits} next={next} stop={stop} />;
  }
  return <ResultsEmpty form={form} blocked={sending.bar.blocked} />;
}
