import type { Language } from '../languages/language.js';
import { fillCommand } from '../languages/language.js';
import { FD } from '../sandbox/bubblewrap.js';

/** Caller's text for a command line, without the characters that Judge0 takes out. */
export function sanitizeArguments(text: string | null): string {
  return (text ?? '').trim().replace(/[$&;<>|`]/g, '');
}

/** Content of the box's `run` script. */
export function runScript(
  language: Language,
  options: { arguments: string | null; memoryKb: number; exec: boolean },
): string {
  const command = fillCommand(language.run, options.memoryKb);
  // With exec the program replaces the shell, and its signal is seen as one; a list of commands needs its shell.
  const exec = options.exec && !/[;&|]/.test(command);
  return `${exec ? 'exec ' : ''}${command} ${sanitizeArguments(options.arguments)}`;
}

/** Content of the box's `compile` script, or null for languages that have nothing to compile. */
export function compileScript(language: Language, compilerOptions: string | null): string | null {
  if (!language.compile) return null;
  return language.compile.replace('%s', () => sanitizeArguments(compilerOptions));
}

/**
 * Shell text that compiles and then hands the result to the engine. The descriptor is closed while the compiler, and
 * with it code of the submission, runs.
 */
export function compileCommand(artefact: string | undefined): string {
  const hand = artefact
    ? `if [ -f ${artefact} ]; then exec cat ${artefact} >&${FD.artefact}; fi`
    : `exec tar -cf - --exclude=./compile . >&${FD.artefact}`;
  return `/bin/bash compile ${FD.artefact}>&- || exit $?; ${hand}`;
}

/** Where a run finds the box's content as a whole, when a compile left more than one file. */
export const BOX_ARCHIVE = '/judge-box.tar';

/** Program that unpacks archives into the box, without replacing what is there, and then runs shell text. */
export function shellProgram(text: string, archives: string[]): string[] {
  if (archives.length === 0 && text === 'exec /bin/bash run') return ['/bin/bash', 'run'];
  const unpack = archives.map((path) => `tar --skip-old-files -xf ${path} || exit $?; `).join('');
  return ['/bin/bash', '-c', unpack + text];
}
