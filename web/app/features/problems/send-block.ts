import type { ProblemDetail, ProblemLanguage } from '@coding-platform/api/schema/problems';

interface Program {
  problem: Pick<ProblemDetail, 'judge' | 'maxSourceBytes'>;
  language: Pick<ProblemLanguage, 'name' | 'available'> | undefined;
  sourceCode: string;
}

/** Why a program cannot be run or submitted now, as a sentence; null when it can. */
export const whyNotSend = ({ problem, language, sourceCode }: Program): string | null => {
  if (problem.judge === 'disabled') return 'No judge is set up on this server, so code cannot be run.';
  if (!language) return 'This problem allows no language yet.';
  if (!language.available) return `This server cannot run ${language.name}. Choose another language.`;
  if (sourceCode.trim() === '') return 'Write some code first.';
  if (new TextEncoder().encode(sourceCode).length > problem.maxSourceBytes)
    return `Your program is larger than ${problem.maxSourceBytes / 1024} KiB. Shorten it first.`;
  return null;
};
