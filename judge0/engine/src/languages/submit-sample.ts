import type { Engine } from '../engine.js';
import type { SampleOutcome } from './check-samples.js';

/** Submits to an engine in this process, under limits that suit every language's first start. */
export function submitTo(
  engine: Engine,
  languageId: number,
): (source: string, stdin: string) => Promise<SampleOutcome> {
  return async (source, stdin) => {
    const { result } = await engine.judge({
      language_id: languageId,
      source_code: source,
      stdin,
      cpu_time_limit: 10,
      wall_time_limit: 20,
      memory_limit: 512000,
    });
    const text = (data: Buffer | null) => data?.toString('utf8') ?? '';
    const details = [result.message, text(result.compileOutput), text(result.stderr)].join(' ').slice(0, 600);
    return { statusId: result.statusId, stdout: text(result.stdout), details };
  };
}
