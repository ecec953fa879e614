import type { SubmissionDetail, TestResult } from '@coding-platform/api/schema/submissions';
import type { ReactNode } from 'react';
import { ClippedText } from '~/components/clipped-text';
import { Disclosure } from '~/components/disclosure';
import { ErrorHelp } from '~/components/error-help';
import { VerdictBadge } from '~/components/verdict-badge';
import { toLimits, verdictSentence, type Limits } from '~/components/verdict-sentence';
import { scoreSentence } from './judging-words';
import { TestRow } from './test-row';

interface ResultViewProps {
  detail: SubmissionDetail;
  /** Null where the problem is not known: sentences then name no numbers. */
  limits: Limits | null;
  /** What to do next, in the head: the next problem, submit again. */
  next?: ReactNode;
}

function Head({ detail, next }: Omit<ResultViewProps, 'limits'>) {
  const solved = detail.verdict === 'accepted';
  return (
    <header
      className={`flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2 ${solved ? 'bg-good-soft' : ''}`}
      data-verdict={detail.verdict ?? detail.status}
    >
      <VerdictBadge verdict={detail.verdict} status={detail.status} />
      <h2 className="font-semibold">{scoreSentence(detail)}</h2>
      {next && <div className="ml-auto">{next}</div>}
    </header>
  );
}

function JudgeFailed({ next }: { next: ReactNode }) {
  return (
    <div className="grid gap-2 px-4 py-4">
      <h2 className="font-semibold">Our judge failed. This was not your code.</h2>
      <p className="text-sm">
        The program was not judged, and nothing was counted. Submitting it again is free; if it happens again,
        tell your teacher.
      </p>
      {next && <div className="mt-1">{next}</div>}
    </div>
  );
}

function PassedTests({ results, limits }: { results: TestResult[]; limits: Limits | null }) {
  return (
    <Disclosure
      summary={
        <span className="text-muted">
          {results.length === 1 ? '1 test passed' : `${results.length} tests passed`}
        </span>
      }
    >
      <div className="border-t border-line">
        {results.map((result) => (
          <TestRow key={result.index} result={result} limits={limits} />
        ))}
      </div>
    </Disclosure>
  );
}

/** What the judge said: passed tests folded away, the first failed one open. */
export function ResultView({ detail, next, ...props }: ResultViewProps) {
  const limits = toLimits(detail.limits, props.limits);
  if (detail.status === 'judge_failed') return <JudgeFailed next={next} />;
  const passed = detail.results.filter((result) => result.status === 'accepted');
  const failed = detail.results.filter((result) => result.status !== 'accepted');
  const compileError = detail.verdict === 'compile_error';
  return (
    <div>
      <Head detail={detail} next={next} />
      {compileError && (
        <div className="grid gap-3 px-4 pb-4">
          <p className="text-sm">{verdictSentence('compile_error', limits)}</p>
          <ErrorHelp help={detail.help} />
          <ClippedText name="Compiler output" text={detail.compileOutput ?? ''} tone="bad" />
        </div>
      )}
      {!compileError && detail.results.length > 0 && (
        <div className="border-t border-line">
          {failed.map((result, at) => (
            <TestRow key={result.index} result={result} limits={limits} open={at === 0} />
          ))}
          {passed.length > 0 && <PassedTests results={passed} limits={limits} />}
        </div>
      )}
    </div>
  );
}
