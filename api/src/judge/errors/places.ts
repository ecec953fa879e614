import { languageOf } from '../languages.js';

/** A place in the program that a compiler or a runtime tells of. Line and column count from 1. */
export interface CodePlace {
  line: number;
  column: number | null;
  message: string;
}

const maxPlaces = 20;

type Finder = (text: string, source: readonly string[]) => CodePlace[];

const indentOf = (line: string | undefined): number => /^\s*/.exec(line ?? '')?.[0].length ?? 0;

/** Python strips the source line that it shows and indents it by four; a caret stands below. */
const pythonColumn = (caret: string | undefined, source: string | undefined): number | null =>
  caret === undefined ? null : Math.max(caret.search(/[\^~]/) - 4, 0) + indentOf(source) + 1;

const findPython: Finder = (text, source) => {
  const frames = [
    ...text.matchAll(/^ *File "script\.py", line (\d+)[^\n]*\n(?: {4}[^\n]*\n( *[~^]+ *)?)?/gm),
  ];
  const last = frames.at(-1);
  const message =
    /^(?!Traceback)[A-Za-z_.]+(?:Error|Exception|Interrupt|Iteration|Exit|Warning)?(?:: [^\n]*)?$/m.exec(
      text.slice((last?.index ?? 0) + (last?.[0].length ?? 0)),
    )?.[0];
  if (!last || !message) return [];
  const line = Number(last[1]);
  return [{ line, column: pythonColumn(last[2], source[line - 1]), message }];
};

const findJavascript: Finder = (text) => {
  const message = /^(?:Uncaught )?[A-Za-z]*Error(?: \[\w+\])?: [^\n]*/m.exec(text)?.[0];
  if (!message) return [];
  const frame = /^ +at (?:.*\()?script\.js:(\d+):(\d+)\)?$/m.exec(text);
  if (frame) return [{ line: Number(frame[1]), column: Number(frame[2]), message }];
  const head = /^script\.js:(\d+)\n[^\n]*\n( *)\^/m.exec(text);
  return head ? [{ line: Number(head[1]), column: (head[2]?.length ?? 0) + 1, message }] : [];
};

const findJavac: Finder = (text) =>
  [...text.matchAll(/^\S+\.java:(\d+): error: ([^\n]*)\n(?:(?!\S+\.java:)[^\n]*\n)*?([ \t]*)\^/gm)].map(
    ([, line, message = '', before]) => ({ line: Number(line), column: (before?.length ?? 0) + 1, message }),
  );

const findJava: Finder = (text, source) => {
  const compiled = findJavac(text, source);
  if (compiled.length > 0) return compiled;
  const message = /^Exception in thread "[^"]*" ([^\n]*)/m.exec(text)?.[1];
  const line = /^\s+at [^\n]*\(\w+\.java:(\d+)\)/m.exec(text)?.[1];
  return message && line ? [{ line: Number(line), column: null, message }] : [];
};

/** gcc counts a tab up to the next multiple of eight. */
const indexOfDisplayColumn = (line: string, display: number): number => {
  let width = 0;
  for (let at = 0; at < line.length; at += 1) {
    if (width >= display - 1) return at + 1;
    width += line[at] === '\t' ? 8 - (width % 8) : 1;
  }
  return Math.min(display, line.length + 1);
};

const findC: Finder = (text, source) =>
  [...text.matchAll(/^main\.(?:c|cpp):(\d+):(\d+): (?:fatal )?error: ([^\n]*)/gm)].map(
    ([, line, column, message = '']) => ({
      line: Number(line),
      column: indexOfDisplayColumn(source[Number(line) - 1] ?? '', Number(column)),
      message,
    }),
  );

const findBash: Finder = (text) =>
  [...text.matchAll(/^script\.sh: line (\d+): ([^\n]*)/gm)]
    .map(([, line, message = '']) => ({ line: Number(line), column: null, message }))
    .filter(({ message }) => !message.startsWith('`'));

/** What most others write: the file, the line, perhaps the column, and what is wrong. */
const findAny: Finder = (text) => [
  ...[
    ...text.matchAll(
      /^[./]*\w+\.\w+[:(](\d+)(?:[:,](\d+))?\)?:? ?(?:fatal |syntax )?(?:error\b[^:\n]*: )?([^\n]+)/gm,
    ),
  ].map(([, line, column, message = '']) => ({
    line: Number(line),
    column: column ? Number(column) : null,
    message,
  })),
  ...[...text.matchAll(/^(?:PHP )?((?:Parse|Fatal) error: +[^\n]*?) in \S+ on line (\d+)/gm)].map(
    ([, message = '', line]) => ({ line: Number(line), column: null, message }),
  ),
  ...[...text.matchAll(/^([^\n]*?) at script\.pl line (\d+)/gm)].map(([, message = '', line]) => ({
    line: Number(line),
    column: null,
    message,
  })),
];

const finders: Readonly<Record<string, Finder>> = {
  python: findPython,
  javascript: findJavascript,
  java: findJava,
  c: findC,
  cpp: findC,
  shell: findBash,
};

/** The places of the program that a readable text tells of, in its order; those that the program does not have are left out. */
export const placesIn = (languageId: number, text: string, sourceCode: string): CodePlace[] => {
  const source = sourceCode.split('\n');
  const find = finders[languageOf(languageId).editorMode] ?? findAny;
  return find(text, source)
    .filter(({ line }) => line >= 1 && line <= source.length)
    .slice(0, maxPlaces);
};
