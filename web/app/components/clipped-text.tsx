const shownLines = 24;
const shownCharacters = 4000;

/** Where a long text is cut: at a line's end, where that is possible. */
export const splitLongText = (text: string): [string, string] => {
  const lines = text.split('\n');
  const head = lines.length > shownLines + 4 ? lines.slice(0, shownLines).join('\n') : text;
  const cut = Math.min(head.length, head.length > shownCharacters + 500 ? shownCharacters : head.length);
  return [text.slice(0, cut), text.slice(cut)];
};

interface ClippedTextProps {
  name: string;
  text: string;
  tone?: 'bad';
  /** Long lines wrap: of an input, every part should be seen at once. */
  wrap?: boolean;
}

/** What a program read or wrote. A long text is clipped, and "show all" needs no script. */
export function ClippedText({ name, text, tone, wrap = false }: ClippedTextProps) {
  const [head, rest] = splitLongText(text);
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const lineEnds = wrap ? 'whitespace-pre-wrap [overflow-wrap:anywhere]' : 'whitespace-pre';
  const block = `overflow-x-auto px-3 py-2 font-mono text-xs ${lineEnds}`;
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 text-xs font-medium text-muted">{name}</figcaption>
      <div className={`rounded-md border bg-surface ${tone === 'bad' ? 'border-bad/50' : 'border-line'}`}>
        {text === '' ? (
          <p className="px-3 py-2 text-xs text-muted">Nothing.</p>
        ) : (
          // Wide lines scroll, and a keyboard must be able to scroll them.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <pre className={block} tabIndex={0} aria-label={name}>
            {head}
          </pre>
        )}
        {rest !== '' && (
          <details className="border-t border-line">
            <summary className="px-3 py-1.5 text-xs text-accent">
              Show all ({lines.toLocaleString('en')} lines, {text.length.toLocaleString('en')} characters)
            </summary>
            <pre className={`${block} max-h-96 overflow-y-auto border-t border-line`}>
              {rest.replace(/^\n/, '')}
            </pre>
          </details>
        )}
      </div>
    </figure>
  );
}
