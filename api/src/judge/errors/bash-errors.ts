import type { KnownError } from './explanation.js';

/** Messages of Bash 5. */
export const bashErrors: readonly KnownError[] = [
  {
    name: 'end of the program too early',
    pattern: /syntax error: unexpected end of file/,
    text: 'The program ends although something is still open.',
    look: 'if needs fi, for and while need done, case needs esac, { needs }.',
  },
  {
    name: 'text without end',
    pattern: /unexpected EOF while looking for matching [`'](.)'/,
    text: 'A quote or bracket ($1) is opened and never closed.',
    look: 'Close it, and put a backslash before one that belongs to the text.',
  },
  {
    name: 'sign at a wrong place',
    pattern: /syntax error near unexpected token [`'](.+?)'/,
    text: '“$1” stands where it does not fit.',
    look: 'Look before it: then, do or a semicolon may be missing. A bracket in a text needs quotes.',
  },
  {
    name: 'unknown command',
    pattern: /: (\S+): command not found/,
    text: 'There is no command “$1”.',
    look: 'Is it spelled right? No spaces around “=” when a variable gets its value, and a space after “[”.',
  },
  {
    name: 'comparison of no numbers',
    pattern: /\[: (.*): integer expression expected/,
    text: '-eq, -lt and the like compare whole numbers, and “$1” is none.',
    look: 'Compare texts with =. Is the variable empty?',
  },
  {
    name: 'empty variable in a condition',
    pattern: /\[: (?:.+: )?(unary|binary) operator expected|\[: too many arguments/,
    text: 'A variable in the condition is empty or holds several words.',
    look: 'Put it in double quotes: [ "$x" = "y" ].',
  },
  {
    name: 'bracket of a condition',
    pattern: /\[: missing [`']\]'/,
    text: 'The “]” of the condition is missing, or has no space before it.',
    look: 'Write [ "$x" = "y" ] with spaces around each part.',
  },
  {
    name: 'division by zero',
    pattern: /division by 0/,
    text: 'The program divides by zero.',
    look: 'Which variable is 0 or empty here?',
  },
  {
    name: 'missing file',
    pattern: /: (\S+): No such file or directory/,
    text: 'There is no file “$1” here.',
    look: 'The input comes from the keyboard: use read.',
  },
];
