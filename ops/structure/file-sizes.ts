import type { Finding, SourceFile } from './source-files.js';

const FAIL_OVER_LINES = 300;

/** The first that fits counts. Over it is a question for review, not yet a failure. */
const budgets: { files: RegExp; lines: number }[] = [
  { files: /^api\/src\/app\.ts$/, lines: 120 },
  { files: /^api\/src\/features\/.*\/(routes|service)\.ts$/, lines: 200 },
  { files: /^api\/src\/features\/.*\/repository\.ts$/, lines: 250 },
];

const linesOf = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/** Size rules of TypeScript files: a warning over a budget, an error over 300 lines. */
export const checkFileSizes = (files: SourceFile[]): Finding[] =>
  files
    .filter(({ file }) => /\.tsx?$/.test(file))
    .flatMap(({ file, text }): Finding[] => {
      const lines = linesOf(text);
      if (lines > FAIL_OVER_LINES) {
        const message = `${lines} lines, at most ${FAIL_OVER_LINES}: split it by what its parts are about`;
        return [{ rule: 'file-size', severity: 'error', file, message }];
      }
      const budget = budgets.find((candidate) => candidate.files.test(file));
      if (!budget || lines <= budget.lines) return [];
      const message = `${lines} lines, budget ${budget.lines}: split it by sub-noun soon`;
      return [{ rule: 'file-size', severity: 'warning', file, message }];
    });
