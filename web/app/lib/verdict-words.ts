import type {
  SubmissionOutcome,
  SubmissionStatus,
  TestStatus,
} from '@coding-platform/api/schema/submissions';

export type Tone = 'good' | 'bad' | 'warn' | 'neutral' | 'accent';

export interface VerdictWords {
  label: string;
  /** One sentence for the learner. */
  meaning: string;
  tone: Tone;
}

export const verdictWords: Record<TestStatus, VerdictWords> = {
  accepted: { label: 'Accepted', meaning: 'The output was right.', tone: 'good' },
  wrong_answer: {
    label: 'Wrong answer',
    meaning: 'The program ran, but its output was not the expected one.',
    tone: 'bad',
  },
  time_limit: {
    label: 'Time limit exceeded',
    meaning: 'The program was still running when its time was up.',
    tone: 'warn',
  },
  memory_limit: {
    label: 'Memory limit exceeded',
    meaning: 'The program needed more memory than it may use.',
    tone: 'warn',
  },
  output_limit: {
    label: 'Output limit exceeded',
    meaning: 'The program printed more than it may print.',
    tone: 'warn',
  },
  runtime_error: { label: 'Runtime error', meaning: 'The program stopped with an error.', tone: 'bad' },
  compile_error: {
    label: 'Compile error',
    meaning: 'The program could not be compiled or read, so no test was run.',
    tone: 'bad',
  },
  not_run: {
    label: 'Not run',
    meaning: 'The program ran out of time in tests before this one, so this one was not run.',
    tone: 'neutral',
  },
};

const unfinishedWords: Record<Exclude<SubmissionStatus, 'finished'>, VerdictWords> = {
  queued: { label: 'In the queue', meaning: 'Waiting for a free judge.', tone: 'neutral' },
  running: { label: 'Being judged', meaning: 'The tests are running.', tone: 'accent' },
  judge_failed: {
    label: 'Judge failed',
    meaning: 'Our judge failed. This was not your code, and trying again is free.',
    tone: 'neutral',
  },
  stopped: { label: 'Stopped', meaning: 'It was stopped before it had a verdict.', tone: 'neutral' },
};

/** The words for a submission as it stands: its verdict once it has one, else where it is. */
export function submissionWords(status: SubmissionStatus, verdict: TestStatus | null): VerdictWords {
  if (status !== 'finished') return unfinishedWords[status];
  return verdict ? verdictWords[verdict] : unfinishedWords.judge_failed;
}

/** The label of what a submission came to, as its badge says it. */
export const outcomeLabel = (outcome: SubmissionOutcome): string =>
  ({ ...verdictWords, ...unfinishedWords })[outcome].label;
