import type { RunCase, RunResult } from '@coding-platform/api/schema/runs';
import type { Failure } from '~/lib/outcome';

/** One press of Run: the samples and the learner's own input. */
export interface ProgramRun {
  /** The compiler's words; without cases they say why nothing was run. */
  compileOutput: string | null;
  help?: RunResult['help'];
  limits?: RunResult['limits'];
  samples: RunCase[];
  own: RunCase | null;
  ownFailure: Failure | null;
}

/** True when the program did not get as far as being run. */
export const didNotCompile = (run: ProgramRun): boolean =>
  run.compileOutput !== null && run.samples.length === 0 && !run.own;

/** One sentence for the head of the results, also for those who only hear it. */
export const summarizeRun = (run: ProgramRun): string => {
  if (didNotCompile(run)) return 'Did not compile';
  const passed = run.samples.filter((sample) => sample.status === 'accepted').length;
  const samples = `${passed} of ${run.samples.length} samples passed`;
  if (run.samples.length === 0) return run.own ? 'Your input was run' : 'There are no samples to run';
  return run.own ? `${samples}, your input was run` : samples;
};
