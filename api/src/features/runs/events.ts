import type { ProblemDetails } from '../../http/problem-schema.js';
import type { RunEvent, RunResult } from './schema.js';

/**
 * The life of a run as events. A newer place in the queue takes the one that nobody has read yet; what the run throws
 * becomes its last event.
 */
export async function* runEvents(
  start: (onStep: (position: number | null) => void) => Promise<RunResult>,
  problemOf: (error: unknown) => ProblemDetails,
): AsyncGenerator<RunEvent> {
  let step: RunEvent | undefined;
  let end: RunEvent | undefined;
  let wake = (): void => undefined;
  let told: number | null | undefined;
  const onStep = (position: number | null): void => {
    if (position === told) return;
    told = position;
    step = position === null ? { event: 'running', data: {} } : { event: 'queued', data: { position } };
    wake();
  };
  void start(onStep)
    .then(
      (data) => (end = { event: 'finished', data }),
      (error: unknown) => (end = { event: 'failed', data: problemOf(error) }),
    )
    .finally(() => wake());
  for (;;) {
    const next = step;
    step = undefined;
    if (next) {
      yield next;
    } else if (end) {
      yield end;
      return;
    } else {
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }
}
