import type { Language } from './language.js';
import type { LanguageSamples } from './samples.js';

/** What a submission showed, as the check needs it. */
export interface SampleOutcome {
  statusId: number;
  stdout: string;
  details: string;
}

type Submit = (source: string, stdin: string) => Promise<SampleOutcome>;

/** SQL's interpreter reads its program from standard input, and its shell goes on after an error. */
const NO_INPUT = new Set([82]);

/** Runs the samples of one language; returns what is wrong, nothing when it works. */
export async function checkSamples(
  { spec }: Language,
  samples: LanguageSamples,
  submit: Submit,
): Promise<string[]> {
  const problems: string[] = [];
  const complain = (what: string, { statusId, stdout, details }: SampleOutcome) =>
    problems.push(
      `${spec.label} (${spec.id}), ${what}: status ${statusId}, ${JSON.stringify(stdout)} ${details}`,
    );
  const hello = await submit(samples.hello, '');
  if (hello.statusId !== 3 || hello.stdout.trim() !== 'hello') complain('hello world', hello);
  if (!NO_INPUT.has(spec.id)) {
    const echo = await submit(samples.echo, 'a1b2c3\n');
    if (echo.statusId !== 3 || echo.stdout.trim() !== 'a1b2c3') complain('standard input', echo);
  }
  const failing = await submit(samples.failing, '');
  if (failing.statusId < 7) complain('runtime error', failing);
  const broken = await submit(samples.broken ?? '', '');
  const wanted = spec.compile ? broken.statusId === 6 : broken.statusId >= 7;
  if (samples.broken !== null && !wanted) complain('compile error', broken);
  return problems;
}
