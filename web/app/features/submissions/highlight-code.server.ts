import { renderMarkdown } from '~/lib/markdown.server';

const highlightNames: Record<string, string> = {
  Python: 'python',
  C: 'c',
  'C++': 'cpp',
  Java: 'java',
  JavaScript: 'javascript',
  Bash: 'bash',
};

/** Code as sanitised, highlighted HTML, by the same way as code in a statement. */
export const highlightCode = (code: string, languageName: string): Promise<string> => {
  // A fence is longer than any run of backticks inside it.
  const runs = code.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return renderMarkdown(`${fence}${highlightNames[languageName] ?? 'text'}\n${code.trimEnd()}\n${fence}`);
};
