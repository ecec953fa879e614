import { VerdictBadge } from '~/components/verdict-badge';

const code: { text: string; kind?: 'keyword' | 'title' | 'number' | 'built_in' }[][] = [
  [{ text: 'def', kind: 'keyword' }, { text: ' ' }, { text: 'total', kind: 'title' }, { text: '(prices):' }],
  [{ text: '    sum = ' }, { text: '0', kind: 'number' }],
  [
    { text: '    ' },
    { text: 'for', kind: 'keyword' },
    { text: ' i ' },
    { text: 'in', kind: 'keyword' },
    { text: ' ' },
    { text: 'range', kind: 'built_in' },
    { text: '(' },
    { text: '1', kind: 'number' },
    { text: ', ' },
    { text: 'len', kind: 'built_in' },
    { text: '(prices)):' },
  ],
  [{ text: '        sum += prices[i]' }],
  [{ text: '    ' }, { text: 'return', kind: 'keyword' }, { text: ' sum' }],
];

/** A wrong attempt and what the platform says about it; made of the same parts as the real thing. */
export function ExampleAttempt() {
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-surface shadow-raised">
      <div className="flex items-center justify-between border-b border-line px-5 py-3">
        <span className="font-medium">Market basket</span>
        <span className="text-sm text-muted">Python</span>
      </div>
      <pre className="overflow-x-auto px-4 py-4 font-mono text-xs leading-7 sm:px-5 sm:text-sm">
        <code>
          {code.map((line, index) => (
            <span key={index} className="block">
              <span
                aria-hidden="true"
                className="mr-4 inline-block w-3 sm:mr-5 text-right text-muted select-none"
              >
                {index + 1}
              </span>
              {line.map((part, position) => (
                <span key={position} className={part.kind ? `hljs-${part.kind}` : undefined}>
                  {part.text}
                </span>
              ))}
            </span>
          ))}
        </code>
      </pre>
      <div className="border-t border-line">
        <TestLine number={1} verdict="accepted" detail="0" />
        <TestLine number={2} verdict="wrong_answer" detail="4 3 5" />
        <dl className="mx-5 mb-5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1 rounded-md bg-sunken px-4 py-3 font-mono text-sm">
          <dt className="text-muted">expected</dt>
          <dd>
            <mark className="rounded-sm bg-good-soft px-1 text-good">12</mark>
          </dd>
          <dt className="text-muted">your output</dt>
          <dd>
            <mark className="rounded-sm bg-bad-soft px-1 text-bad">8</mark>
          </dd>
        </dl>
      </div>
      <figcaption className="sr-only">
        A program that adds prices but starts at the second one. Its first test is accepted, its second is
        not.
      </figcaption>
    </figure>
  );
}

function TestLine({
  number,
  verdict,
  detail,
}: {
  number: number;
  verdict: 'accepted' | 'wrong_answer';
  detail: string;
}) {
  return (
    <p className="flex items-center justify-between gap-4 px-5 py-3 text-sm">
      <span>
        Test {number} <span className="ml-2 font-mono text-muted">{detail}</span>
      </span>
      <VerdictBadge verdict={verdict} />
    </p>
  );
}
