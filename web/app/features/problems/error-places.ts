import type { CodePlace, SubmissionDetail } from '@coding-platform/api/schema/submissions';
import type { ProgramRun } from '~/features/runs/program-run';

interface Shown {
  languageId: number;
  /** The run that is shown, and the language that it was in. */
  run: { result: ProgramRun; languageId: number } | null;
  submission: SubmissionDetail | null;
}

/** Where in the editor's code the errors are that the results tell of; undefined where they are of another language. */
export const errorPlaces = ({ languageId, run, submission }: Shown): readonly CodePlace[] | undefined => {
  if (run?.languageId === languageId) {
    const { help, own, samples } = run.result;
    return help?.places ?? [...(own ? [own] : []), ...samples].find((one) => one.help)?.help?.places;
  }
  if (submission?.languageId !== languageId) return undefined;
  return submission.help?.places ?? submission.results.find((result) => result.help)?.help?.places;
};
