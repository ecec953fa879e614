import type { ErrorHelp as Help } from '@coding-platform/api/schema/submissions';
import { ClippedText } from './clipped-text';
import { DiffView } from './diff-view';
import { ErrorHelp } from './error-help';
import { verdictSentence, type CaseStatus, type Limits } from './verdict-sentence';

export interface CaseReportProps {
  status: CaseStatus;
  limits: Limits | null;
  input?: string | null | undefined;
  expected?: string | null | undefined;
  stdout?: string | null | undefined;
  stderr?: string | null | undefined;
  /** How the program ended: by a signal, with an exit code. */
  message?: string | null | undefined;
  timeMs?: number | null | undefined;
  help?: Help | undefined;
}

const Outputs = ({ status, expected, stdout }: CaseReportProps) => {
  if (typeof expected !== 'string')
    return typeof stdout === 'string' ? <ClippedText name="Output" text={stdout} /> : null;
  if (status === 'wrong_answer')
    return (
      <DiffView
        left={expected}
        right={stdout ?? ''}
        leftName="Expected"
        rightName={stdout ? 'Got' : 'Got (nothing)'}
        meaning="answer"
        ignoreTrailingBlanks
      />
    );
  return (
    <div className="grid grid-cols-2 gap-3">
      <ClippedText name="Expected" text={expected} />
      <ClippedText name="Got" text={stdout ?? ''} />
    </div>
  );
};

/** One test or own input: what happened in words, what the program read and wrote, and where that is wrong. */
export function CaseReport(props: CaseReportProps) {
  const { status, limits, input, stderr, message, timeMs, help } = props;
  const errors = stderr ? <ClippedText name="Error output" text={stderr} tone="bad" /> : null;
  const stopped = status === 'runtime_error';
  return (
    <div className="@container grid gap-3">
      {status !== 'finished' && (
        <p className="text-sm">
          {verdictSentence(status, limits, timeMs)}
          {status === 'runtime_error' && message && <span className="text-muted"> {message}</span>}
        </p>
      )}
      {stopped && <ErrorHelp help={help} />}
      {stopped && errors}
      <div className="grid gap-3 @xl:grid-cols-[minmax(9rem,1fr)_minmax(0,3fr)]">
        {typeof input === 'string' && <ClippedText name="Input" text={input} wrap />}
        <Outputs {...props} />
      </div>
      {!stopped && errors}
    </div>
  );
}
