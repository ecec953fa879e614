import type { JudgeClient } from './client.js';
import type { JudgeCase, JudgeResult } from './wire-format.js';
import { runCases } from './run-cases.js';

type Sign = (result: JudgeResult) => boolean;

const nothingPrinted: Sign = ({ stdout }) => stdout === '';

const python: Sign = (result) =>
  result.exitCode === 1 &&
  nothingPrinted(result) &&
  !/^Traceback/m.test(result.stderr) &&
  /^ +File "[^"]*script\.py", line \d+$/m.test(result.stderr) &&
  /^(?:SyntaxError|IndentationError|TabError): /m.test(result.stderr);

// JSON.parse and eval throw a SyntaxError as well, but not from where Node compiles a file.
const javascript: Sign = (result) =>
  result.exitCode === 1 &&
  nothingPrinted(result) &&
  /^\S*script\.js:\d+$/m.test(result.stderr) &&
  /^SyntaxError: /m.test(result.stderr) &&
  /^ +at (?:new Script|wrapSafe|internalCompileFunction|compileSourceTextModule|\S*compileFunction)\b/m.test(
    result.stderr,
  );

/** How an interpreter says that it cannot read a program, by Judge0's id of the language. */
const signs: ReadonlyMap<number, Sign> = new Map([
  [70, python],
  [71, python],
  [63, javascript],
  // Bash reads line by line: what stands before has run.
  [
    46,
    ({ exitCode, stderr }) =>
      exitCode === 2 && /^\S*script\.sh: line \d+: (?:syntax error|unexpected EOF)/m.test(stderr),
  ],
  [
    72,
    ({ exitCode, stderr }) =>
      exitCode === 1 && /^\S*script\.rb:.*(?:syntax errors? |SyntaxError)/m.test(stderr),
  ],
  [
    68,
    ({ exitCode, stdout, stderr }) => exitCode === 255 && /^(?:PHP )?Parse error: /m.test(stderr + stdout),
  ],
  [
    85,
    ({ exitCode, stderr }) =>
      exitCode === 255 && /^Execution of \S+ aborted due to compilation errors/m.test(stderr),
  ],
]);

/** Whether a program that stopped with an error looks as if its interpreter could not even read it. */
export const looksUnreadable = (languageId: number, result: JudgeResult): boolean =>
  signs.get(languageId)?.(result) ?? false;

const deadlineMs = 60_000;

/**
 * Whether a program cannot be read, found out on no input: what the interpreter says then, or null when it is read. A
 * program can print such words itself, with the input of a hidden test among them; here it has none to tell.
 */
export const confirmUnreadable = async (
  judge: Pick<JudgeClient, 'createBatch' | 'getBatch'>,
  program: Omit<JudgeCase, 'stdin' | 'expectedOutput'>,
  signal: AbortSignal,
): Promise<string | null> => {
  const onNothing = { ...program, stdin: '', expectedOutput: null };
  for await (const [landed] of runCases(judge, [onNothing], { deadlineMs, signal })) {
    if (landed && looksUnreadable(program.languageId, landed.result)) {
      return landed.result.stderr || landed.result.stdout;
    }
  }
  return null;
};
