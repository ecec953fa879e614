import type { SubmissionStatus, TestStatus } from '@coding-platform/api/schema/submissions';
import { submissionWords, type Tone } from '~/lib/verdict-words';
import { Badge } from './badge';

// A shape for each tone, so that a row of badges can be told apart without color.
const marks: Record<Tone, string> = {
  good: 'M3 8.5 6.5 12 13 4.5',
  bad: 'M4 4l8 8M12 4l-8 8',
  warn: 'M8 3v6.5M8 12.6v.4',
  accent: 'M4 8h8',
  neutral: 'M4 8h.1M8 8h.1M12 8h.1',
};

interface VerdictBadgeProps {
  verdict: TestStatus | null;
  /** Where the submission is; left out for a single test, which always has a verdict. */
  status?: SubmissionStatus;
}

/** The verdict of a submission or of one test, in the learner's words. */
export function VerdictBadge({ verdict, status = 'finished' }: VerdictBadgeProps) {
  const { label, meaning, tone } = submissionWords(status, verdict);
  return (
    <Badge tone={tone} title={meaning}>
      <svg viewBox="0 0 16 16" aria-hidden="true" className="size-3" fill="none" stroke="currentColor">
        <path d={marks[tone]} strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      {label}
    </Badge>
  );
}
