import { languageOf } from '../languages.js';
import { bashErrors } from './bash-errors.js';
import { cErrors } from './c-errors.js';
import { explain, firstKnown, type KnownError } from './explanation.js';
import { javaErrors } from './java-errors.js';
import { javascriptErrors } from './javascript-errors.js';
import { type CodePlace, placesIn } from './places.js';
import { pythonErrors } from './python-errors.js';
import { readableMessage, readableText, signalOf } from './readable-text.js';

/** By the editor's name of the language. */
export const knownErrors: Readonly<Record<string, readonly KnownError[]>> = {
  python: pythonErrors,
  javascript: javascriptErrors,
  java: javaErrors,
  c: cErrors,
  cpp: cErrors,
  shell: bashErrors,
};

const segmentationFault = 11;
const floatingPoint = 8;
const compiled = new Set(['c', 'cpp']);

const signalAdvice: Readonly<Record<number, string>> = {
  [segmentationFault]:
    'The program used memory that is not its own. Does an index go past the end of an array, is a pointer not set, is the & of scanf missing, or does a function call itself without end?',
  [floatingPoint]: 'The program divides by zero. Which value is 0 here? Check it with if before / and %.',
};

/** What helps with an error: where it is, and what it means. */
export interface ErrorHelp {
  explanation: string | null;
  places: CodePlace[];
}

/**
 * Help with what a program or its compiler wrote before it failed, from a readable text; null when nothing is known.
 * `message` is the judge's own.
 */
export const helpWith = (failed: {
  languageId: number;
  sourceCode: string;
  text: string;
  message: string | null;
}): ErrorHelp | null => {
  const { languageId, sourceCode, text, message } = failed;
  const mode = languageOf(languageId).editorMode;
  const signal = compiled.has(mode) ? signalOf(message) : null;
  const known = firstKnown(knownErrors[mode] ?? [], text);
  const advice = signal === null ? null : (signalAdvice[signal] ?? null);
  const explanation = known ? explain(known, text) : advice;
  const places = placesIn(languageId, text, sourceCode);
  return explanation === null && places.length === 0 ? null : { explanation, places };
};

interface Ended {
  status: string;
  stderr: string;
  message: string | null;
}

/** Texts of one test or run as a learner reads them, with help where the program stopped with an error. */
export const readableEnd = <T extends Ended>(
  program: { languageId: number; sourceCode: string },
  ended: T,
): T & { help?: ErrorHelp } => {
  const stderr = readableText(ended.stderr);
  const help =
    ended.status === 'runtime_error' ? helpWith({ ...program, text: stderr, message: ended.message }) : null;
  return { ...ended, stderr, message: readableMessage(ended.message), ...(help ? { help } : {}) };
};

/** A compiler's output as a learner reads it; help only where it refused the program. */
export const readableCompileOutput = (
  program: { languageId: number; sourceCode: string },
  output: string | null,
  refused: boolean,
): { compileOutput: string | null; help?: ErrorHelp } => {
  const text = output === null ? null : readableText(output);
  const help = refused && text ? helpWith({ ...program, text, message: null }) : null;
  return { compileOutput: text, ...(help ? { help } : {}) };
};
