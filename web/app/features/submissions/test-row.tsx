import type { TestResult } from '@coding-platform/api/schema/submissions';
import { CaseReport } from '~/components/case-report';
import { Disclosure } from '~/components/disclosure';
import { VerdictBadge } from '~/components/verdict-badge';
import { formatMemory, formatTime, verdictSentence, type Limits } from '~/components/verdict-sentence';

interface TestRowProps {
  result: TestResult;
  limits: Limits | null;
  open?: boolean;
}

function HiddenReport({ result, limits }: TestRowProps) {
  return (
    <div className="grid gap-2 text-sm">
      {result.status !== 'accepted' && (
        <p>
          {result.status === 'wrong_answer'
            ? 'This is a hidden test: your output was not the expected one.'
            : `This is a hidden test. ${verdictSentence(result.status, limits, result.timeMs)}`}
        </p>
      )}
      {result.hint ? (
        <p className="rounded-md bg-accent-soft px-3 py-2">
          <span className="font-medium">Hint: </span>
          {result.hint}
        </p>
      ) : (
        <p className="text-muted">
          What it reads and expects is not shown. Try inputs of your own: the smallest, the largest, an
          unusual one.
        </p>
      )}
    </div>
  );
}

/** Hidden tests are shown to the staff of the course only. */
const isShown = ({ sample, expected }: TestResult): boolean => sample || expected !== undefined;

function TestFigures({ result }: { result: TestResult }) {
  if (result.status === 'not_run') return null;
  const figures = `${formatTime(result.timeMs)} · ${formatMemory(result.memoryKb)}`;
  // Whoever sees the texts of a hidden test sees its exact figures, too.
  return isShown(result) ? figures : `up to ${figures}`;
}

/** One test: its verdict, time and memory in the row, what happened when it is opened. */
export function TestRow({ result, limits, open = false }: TestRowProps) {
  return (
    <Disclosure
      open={open}
      summary={
        <>
          <span className="w-28 shrink-0 font-medium">
            Test {result.index + 1}
            <span className="font-normal text-muted">{result.sample ? ' · sample' : ' · hidden'}</span>
          </span>
          <VerdictBadge verdict={result.status} />
          <span className="ml-auto text-xs whitespace-nowrap text-muted tabular-nums">
            <TestFigures result={result} />
          </span>
        </>
      }
    >
      <div className="px-4 pt-1 pb-4">
        {isShown(result) ? (
          <CaseReport {...result} limits={limits} />
        ) : (
          <HiddenReport result={result} limits={limits} />
        )}
      </div>
    </Disclosure>
  );
}
