import { runEvent, runResult, type RunResult } from '@coding-platform/api/schema/runs';
import { unreachableProblem, ApiProblem } from '~/lib/api-problem';
import type { ApiClient } from '~/lib/api-client.server';
import { readEvents } from '~/lib/event-stream';
import { settle, type Outcome } from '~/lib/outcome';
import type { ProgramRun } from './program-run';

export interface RunInput {
  problemSlug: string;
  languageId: number;
  sourceCode: string;
  /** The learner's own input; empty when there is none. */
  stdin: string;
}

/** Told of the position in the queue, and null when the program runs. */
export type OnStep = (position: number | null) => void;

interface RunOptions {
  /** Aborted, the programs are ended. */
  gone: AbortSignal;
  onHeaders?: (headers: Headers) => void;
  /** Without it the api is asked for one answer at the end. */
  onStep?: OnStep | undefined;
}

// The judge may take 45 s; its own answer about that should still arrive.
const timeoutMs = 60_000;
// Who sees the queue move may wait longer.
const followedTimeoutMs = 300_000;

/** Asks for a run and follows its events to the result. Throws ApiProblem. */
const followRun = async (
  api: ApiClient,
  body: object,
  { onStep, ...options }: RunOptions,
): Promise<RunResult> => {
  const response = await api.open('POST', '/api/runs', {
    ...options,
    body,
    timeoutMs: followedTimeoutMs,
    headers: { Accept: 'text/event-stream' },
  });
  const requestId = response.headers.get('X-Request-Id') ?? '';
  if (!response.body) throw unreachableProblem(requestId);
  const events = readEvents(response.body);
  try {
    for (;;) {
      const next = await events.next().catch(() => null);
      const parsed = runEvent.safeParse(next?.value);
      // The api went away, or speaks of what is not known here.
      if (!parsed.success) throw unreachableProblem(requestId);
      const { event, data } = parsed.data;
      if (event === 'finished') return data;
      if (event === 'failed') throw new ApiProblem(data);
      onStep?.(event === 'queued' ? data.position : null);
    }
  } finally {
    await events.return(undefined);
  }
};

/** Runs the samples and, when there is own input, that as well. The program's failing is a result, not a failure. */
export const runProgram = async (
  api: ApiClient,
  input: RunInput,
  options: RunOptions,
): Promise<Outcome<ProgramRun>> => {
  const { stdin, ...program } = input;
  const { onStep, ...others } = options;
  const run = (body: object, step?: OnStep) =>
    settle(() =>
      onStep
        ? followRun(api, body, { ...others, onStep: step })
        : api.post('/api/runs', body, runResult, { timeoutMs, ...others }),
    );
  // The own input comes right after the samples: its position would say nothing more.
  const [samples, own] = await Promise.all([
    run(program, onStep),
    stdin === '' ? null : run({ ...program, stdin }),
  ]);
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
