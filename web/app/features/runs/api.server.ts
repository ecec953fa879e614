import { runResult } from '@coding-platform/api/schema/runs';
import type { ApiClient } from '~/lib/api-client.server';
import { settle, type Outcome } from '~/lib/outcome';
import type { ProgramRun } from './program-run';

export interface RunInput {
  problemSlug: string;
  languageId: number;
  sourceCode: string;
  /** The learner's own input; empty when there is none. */
  stdin: string;
}

// The judge may take 45 s; its own answer about that should still arrive.
const timeoutMs = 60_000;

/** Runs the samples and, when there is own input, that as well. The program's failing is a result, not a failure. */
export const runProgram = async (
  api: ApiClient,
  input: RunInput,
  /** Aborted, the programs are ended. */
  gone: AbortSignal,
  onHeaders?: (headers: Headers) => void,
): Promise<Outcome<ProgramRun>> => {
  const { stdin, ...program } = input;
  const run = (body: object) =>
    settle(() => api.post('/api/runs', body, runResult, { timeoutMs, gone, onHeaders }));
  const [samples, own] = await Promise.all([run(program), stdin === '' ? null : run({ ...program, stdin })]);
  if (!samples.ok) return samples;
  return {
    ok: true,
    value: {
      compileOutput: samples.value.compileOutput,
      help: samples.value.help,
      limits: samples.value.limits,
      samples: samples.value.cases,
      own: own?.ok ? (own.value.cases[0] ?? null) : null,
      ownFailure: own && !own.ok ? own.failure : null,
    },
  };
};
