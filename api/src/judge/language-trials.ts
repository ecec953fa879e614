import type { JudgeClient } from './client.js';
import type { JudgeCase, JudgeResult } from './wire-format.js';
import { limitsFor } from './languages.js';
import { runCases } from './run-cases.js';

/** Whether a program ran in one language of the judge; ok is null where no program was given for it. */
export interface LanguageTrial {
  id: number;
  name: string;
  ok: boolean | null;
  reason: string | null;
}

const accepted = 3;
// First starts of some compilers take seconds, and all of them wait for the same few slots.
const deadlineMs = 80_000;
const generous = { timeLimitMs: 10_000, memoryLimitKb: 512_000, waitLimitMs: null };

const faultOf = ({ statusId, message, compileOutput, stderr }: JudgeResult): string | null => {
  if (statusId === accepted) return null;
  const said = [message, compileOutput, stderr].find((text) => text?.trim());
  return `status ${statusId}${said ? `: ${said.trim().slice(0, 200)}` : ''}`;
};

/**
 * Runs a program that prints "hello" in every language that the judge has, through the same calls as submissions.
 * `programs` has them by Judge0's id of the language. Throws JudgeUnavailableError when the judge is away.
 */
export const tryLanguages = async (
  judge: JudgeClient,
  programs: Readonly<Record<string, string>>,
): Promise<LanguageTrial[]> => {
  const trials = (await judge.languages()).map(({ id, name }): LanguageTrial => ({
    id,
    name,
    ok: null,
    reason: null,
  }));
  const tried = trials.filter(({ id }) => programs[id] !== undefined);
  const cases = tried.map(({ id }): JudgeCase => ({
    languageId: id,
    sourceCode: programs[id] ?? '',
    stdin: '',
    expectedOutput: 'hello\n',
    limits: limitsFor(generous, id),
  }));
  const note = (trial: LanguageTrial, reason: string | null): void => {
    trial.ok = reason === null;
    trial.reason = reason;
  };
  try {
    for await (const landed of runCases(judge, cases, { deadlineMs })) {
      for (const { index, result } of landed) note(tried[index] as LanguageTrial, faultOf(result));
    }
  } catch (error) {
    if (tried.every(({ ok }) => ok === null)) throw error;
    // Some ended: what is told of the others is that they did not.
    for (const trial of tried.filter(({ ok }) => ok === null)) note(trial, (error as Error).message);
  }
  return trials;
};
