import type { RunCase } from '@coding-platform/api/schema/runs';
import { Badge } from '~/components/badge';
import { CaseReport } from '~/components/case-report';
import { ClippedText } from '~/components/clipped-text';
import { Disclosure } from '~/components/disclosure';
import { ErrorHelp } from '~/components/error-help';
import { FailureNotice } from '~/components/failure-notice';
import { VerdictBadge } from '~/components/verdict-badge';
import {
  formatMemory,
  formatTime,
  toLimits,
  verdictSentence,
  type Limits,
} from '~/components/verdict-sentence';
import { didNotCompile, summarizeRun, type ProgramRun } from './program-run';

interface RunResultsProps {
  run: ProgramRun;
  limits: Limits;
  signInTo: string;
}

function CaseRow({
  name,
  result,
  open,
  limits,
}: {
  name: string;
  result: RunCase;
  open: boolean;
  limits: Limits | null;
}) {
  return (
    <Disclosure
      open={open}
      summary={
        <>
          <span className="w-24 shrink-0 font-medium">{name}</span>
          {result.status === 'finished' ? (
            <Badge tone="accent">Ran to its end</Badge>
          ) : (
            <VerdictBadge verdict={result.status} />
          )}
          <span className="ml-auto text-xs whitespace-nowrap text-muted tabular-nums">
            {formatTime(result.timeMs)} · {formatMemory(result.memoryKb)}
          </span>
        </>
      }
    >
      <div className="px-4 pt-1 pb-4">
        <CaseReport {...result} limits={limits} />
      </div>
    </Disclosure>
  );
}

/** What a run said: each sample, then the learner's own input. The first that failed is open. */
export function RunResults({ run, signInTo, ...props }: RunResultsProps) {
  const limits = toLimits(run.limits, props.limits);
  if (didNotCompile(run)) {
    return (
      <div className="grid gap-3 px-4 py-3">
        <h2 className="font-semibold">Compile error</h2>
        <p className="text-sm">{verdictSentence('compile_error', limits)}</p>
        <ErrorHelp help={run.help} />
        <ClippedText name="Compiler output" text={run.compileOutput ?? ''} tone="bad" />
      </div>
    );
  }
  const firstFailed = run.samples.findIndex((sample) => sample.status !== 'accepted');
  return (
    <div>
      <h2 className="px-4 py-2 font-semibold">
        {summarizeRun(run)}
        <span className="ml-2 text-xs font-normal text-muted">A run does not count.</span>
      </h2>
      <div className="border-t border-line">
        {run.own && <CaseRow name="Your input" result={run.own} open limits={limits} />}
        {run.samples.map((sample, at) => (
          <CaseRow
            key={sample.index}
            name={`Sample ${at + 1}`}
            result={sample}
            open={at === firstFailed && !run.own}
            limits={limits}
          />
        ))}
      </div>
      {run.ownFailure && (
        <div className="px-4 py-3">
          <p className="mb-2 text-sm">Your own input was not run:</p>
          <FailureNotice failure={run.ownFailure} signInTo={signInTo} />
        </div>
      )}
    </div>
  );
}
