import type { ProblemDetail, ProblemLanguage } from '@coding-platform/api/schema/problems';
import { Button } from '~/components/button';
import { CopyButton } from '~/components/copy-button';
import { DifficultyBadge } from '~/components/difficulty-badge';
import { Markdown } from '~/components/markdown';
import { ProblemStateMark } from '~/components/problem-state-mark';
import { formatMemory, formatTime } from '~/components/verdict-sentence';

interface StatementProps {
  problem: ProblemDetail;
  /** Puts a sample's input into the learner's own input; absent without script. */
  onUseInput?: ((input: string) => void) | undefined;
  statementHtml: string;
  language: ProblemLanguage | undefined;
}

interface SampleProps {
  number: number;
  input: string;
  expected: string;
  onUseInput: StatementProps['onUseInput'];
}

function Sample({ number, input, expected, onUseInput }: SampleProps) {
  const block =
    'overflow-x-auto rounded-md border border-line bg-surface px-3 py-2 font-mono text-xs whitespace-pre';
  return (
    <section aria-label={`Sample ${number}`} className="mt-4">
      <h3 className="mb-1.5 text-sm font-semibold">Sample {number}</h3>
      <div className="grid gap-3 sm:grid-cols-2">
        {(
          [
            ['Input', input],
            ['Output', expected],
          ] as const
        ).map(([name, text]) => (
          <figure key={name} className="min-w-0">
            <figcaption className="mb-1 flex min-h-8 flex-wrap items-center justify-between gap-x-2 text-xs text-muted">
              {name}
              <span className="flex gap-1">
                {name === 'Input' && onUseInput ? (
                  <Button type="button" look="quiet" size="small" onClick={() => onUseInput(input)}>
                    Use as my input
                  </Button>
                ) : null}
                <CopyButton
                  text={text}
                  label="Copy"
                  look="quiet"
                  describe={`${name.toLowerCase()} of sample ${number}`}
                />
              </span>
            </figcaption>
            {/* Wide lines scroll, and a keyboard must be able to scroll them. */}
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <pre className={block} tabIndex={0} aria-label={`Sample ${number}, ${name}`}>
              {text === '' ? <span className="text-muted">(empty)</span> : text}
            </pre>
          </figure>
        ))}
      </div>
    </section>
  );
}

/** What is asked: the statement, the samples and the limits. */
export function Statement({ problem, statementHtml, language, onUseInput }: StatementProps) {
  return (
    <article className="px-5 pt-4 pb-10">
      {/* The workspace has it as its heading, on every tab. */}
      <p aria-hidden="true" className="text-xl font-semibold">
        {problem.title}
      </p>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
        <DifficultyBadge difficulty={problem.difficulty} />
        <span>
          {problem.bestScore > 0 && problem.state !== 'solved'
            ? `${problem.bestScore} of ${problem.points} points`
            : `${problem.points} points`}
        </span>
        {problem.state !== 'none' && <ProblemStateMark state={problem.state} withWord />}
      </p>
      <Markdown html={statementHtml} className="mt-4 text-[0.9375rem] leading-relaxed" />
      {problem.samples.map((sample, at) => (
        <Sample
          key={sample.index}
          number={at + 1}
          input={sample.input}
          expected={sample.expected}
          onUseInput={onUseInput}
        />
      ))}
      <p className="mt-5 text-xs text-muted">
        Limits{language ? ` for ${language.name}` : ''}:{' '}
        {formatTime(language?.timeLimitMs ?? problem.timeLimitMs)}, {formatMemory(problem.memoryLimitKb)} of
        memory
      </p>
    </article>
  );
}
