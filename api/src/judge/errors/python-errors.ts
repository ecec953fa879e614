import type { KnownError } from './explanation.js';

/** Python's messages from 3.8 to 3.13; the particular ones stand before the general ones. */
export const pythonErrors: readonly KnownError[] = [
  {
    name: 'unknown name',
    pattern: /^NameError: name '(.+?)' is not defined/m,
    text: 'Python does not know the name “$1” here.',
    look: 'Is it spelled the same everywhere, also in capital letters? Does it get a value before this line? A text needs quotes.',
  },
  {
    name: 'local before its value',
    pattern:
      /^UnboundLocalError: (?:cannot access local variable|local variable) '(.+?)' (?:where it is not associated|referenced before)/m,
    text: 'The function uses its own variable “$1” before that has a value.',
    look: 'A name that a function assigns is local to it: pass the value as a parameter, or write “global $1”.',
  },
  {
    name: 'block expected',
    pattern: /^IndentationError: expected an indented block/m,
    text: 'After a line that ends with a colon, the next line must be indented.',
    look: 'Put four spaces before each line that belongs to the if, for, while or def above.',
  },
  {
    name: 'unexpected indent',
    pattern: /^IndentationError: unexpected indent/m,
    text: 'This line is indented, but no block begins above it.',
    look: 'Remove the spaces at its start, or see whether the line above should end with a colon.',
  },
  {
    name: 'indentation that fits nothing',
    pattern: /^IndentationError: unindent does not match/m,
    text: 'This line is indented by a number of spaces that fits none of the blocks above.',
    look: 'Put it exactly under the first letter of the line that it belongs to.',
  },
  {
    name: 'tabs and spaces',
    pattern: /^TabError:/m,
    text: 'Some lines are indented with tabs and others with spaces.',
    look: 'Remove what stands before the line and indent it with spaces.',
  },
  {
    name: 'missing colon',
    pattern: /^SyntaxError: expected ':'/m,
    text: 'A colon is missing.',
    look: 'Lines with if, else, for, while, def and class end with “:”.',
  },
  {
    name: 'bracket never closed',
    pattern: /^SyntaxError: '(.)' was never closed/m,
    text: 'The bracket “$1” is opened here and never closed.',
    look: 'Count the brackets: each one needs its partner.',
  },
  {
    name: 'bracket too many',
    pattern: /^SyntaxError: (?:unmatched '(.)'|closing parenthesis '(.)' does not match)/m,
    text: 'There is a closing bracket “$1$2” without the opening one that fits.',
    look: 'Count the brackets: remove one, or open one before it.',
  },
  {
    name: 'text without end',
    pattern: /^SyntaxError: (?:unterminated .*string literal|EOL while scanning string literal)/m,
    text: 'A text begins with a quote and does not end with one.',
    look: 'Close it with the same kind of quote in the same line. A quote inside the text needs a backslash, or the other kind around it.',
  },
  {
    name: 'one equals sign',
    pattern: /^SyntaxError: invalid syntax\. Maybe you meant '==' or ':=' instead of '='/m,
    text: 'One “=” gives a value; to compare, write “==”.',
    look: 'In a condition two equals signs are needed.',
  },
  {
    name: 'assignment to no name',
    pattern: /^SyntaxError: cannot assign to ([^.?(]+)/m,
    text: 'Left of “=” stands something that cannot take a value.',
    look: 'A name must stand on the left, the value on the right.',
  },
  {
    name: 'print without brackets',
    pattern: /^SyntaxError: Missing parentheses in call to '(\w+)'/m,
    text: 'In Python 3, “$1” needs brackets.',
    look: 'Write $1(…) around what it is to work on.',
  },
  {
    name: 'missing comma',
    pattern: /^SyntaxError: invalid syntax\. Perhaps you forgot a comma\?/m,
    text: 'Two values stand side by side with nothing between them.',
    look: 'A comma or an operator such as + is missing, or a quote closes too early.',
  },
  {
    name: 'invisible or foreign character',
    pattern:
      /^SyntaxError: (?:invalid (?:non-printable )?character|.*invalid character)[^\n]*?\(?(U\+[0-9A-F]+)/m,
    text: 'There is a character that Python does not take ($1), such as a curly quote or an invisible space.',
    look: 'It often comes with text that was pasted from a document or a web page: remove it and type it anew.',
  },
  {
    name: 'return outside a function',
    pattern: /^SyntaxError: '(return|yield|await)' outside (?:async )?function/m,
    text: '“$1” stands outside of any function.',
    look: 'Indent it so that it belongs to its function, or use print to show a result.',
  },
  {
    name: 'break outside a loop',
    pattern: /^SyntaxError: '?(break|continue)'? (?:outside loop|not properly in loop)/m,
    text: '“$1” stands outside of any loop.',
    look: 'Indent it so that it belongs to its for or while.',
  },
  {
    name: 'any other syntax',
    pattern: /^SyntaxError: (.+)/m,
    text: 'Python cannot read the program at the marked place.',
    look: 'Look at the line and at the end of the line above: a missing bracket, quote, colon or comma is often there.',
  },
  {
    name: 'text plus number',
    pattern:
      /^TypeError: (?:can only concatenate str \(not "(\w+)"\) to str|unsupported operand type\(s\) for \+: '\w+' and 'str')/m,
    text: 'A text and a number cannot be added.',
    look: 'Make the number a text with str(…), or the text a number with int(…).',
  },
  {
    name: 'values that do not fit',
    pattern: /^TypeError: unsupported operand type\(s\) for (.+?): '(\w+)' and '(\w+)'/m,
    text: '“$1” does not work between $2 and $3.',
    look: 'Print both values before this line. input() always gives a text, and a function without return gives None.',
  },
  {
    name: 'comparison that does not fit',
    pattern: /^TypeError: '(.+?)' not supported between instances of '(\w+)' and '(\w+)'/m,
    text: '“$1” cannot compare $2 with $3.',
    look: 'input() gives a text: make it a number with int(…) first.',
  },
  {
    name: 'call of no function',
    pattern: /^TypeError: '(\w+)' object is not callable/m,
    text: 'The brackets call something that is no function, but of type $1.',
    look: 'Is a variable named like a function, such as list, sum or input? Is an operator missing before the bracket?',
  },
  {
    name: 'index into something without parts',
    pattern: /^TypeError: '(\w+)' object is not (?:subscriptable|iterable)/m,
    text: 'A value of type $1 has no parts to take or to loop over.',
    look: 'For numbers from 0 to n−1 write range(n). A function without return gives None.',
  },
  {
    name: 'wrong number of arguments',
    pattern:
      /^TypeError: (\w+(?:\.\w+)*)\(\) (?:missing \d+ required|takes \d+ positional|takes from \d+|takes no arguments|takes exactly|expected)/m,
    text: '“$1” is called with too few or too many values.',
    look: 'Compare the call with the line where the function is defined.',
  },
  {
    name: 'text is no number',
    pattern:
      /^ValueError: (?:invalid literal for int\(\) with base \d+|could not convert string to float): (.+)/m,
    text: 'The text $1 is not a number.',
    look: 'Several numbers in one line need split(). An empty line or a decimal point does not suit int().',
  },
  {
    name: 'wrong number of values',
    pattern: /^ValueError: (not enough|too many) values to unpack/m,
    text: 'There are $1 values for the names left of “=”.',
    look: 'Print what stands on the right: how many values does it have?',
  },
  {
    name: 'index out of range',
    pattern: /^IndexError: (.+?) (?:assignment )?index out of range/m,
    text: 'The index is larger than the $1 allows.',
    look: 'With n elements the last one has index n−1. Is it empty? Does the loop go one step too far?',
  },
  {
    name: 'pop from an empty list',
    pattern: /^IndexError: pop from (?:an )?empty/m,
    text: 'Something is to be taken out of a list that is empty.',
    look: 'Check its length with len(…) before.',
  },
  {
    name: 'missing key',
    pattern: /^KeyError: (.+)/m,
    text: 'The dictionary has no key $1.',
    look: 'Check with “in” whether the key is there, or use get(…).',
  },
  {
    name: 'nothing has no attribute',
    pattern: /^AttributeError: 'NoneType' object has no attribute '(\w+)'/m,
    text: 'The value before “.$1” is None, that is nothing.',
    look: 'A function without return gives None, and so do list.sort() and list.append().',
  },
  {
    name: 'missing attribute',
    pattern: /^AttributeError: (?:type object |module )?'?(.+?)'? (?:object )?has no attribute '(\w+)'/m,
    text: '“$1” has nothing that is called “$2”.',
    look: 'Is it spelled right? Is the value of the type that you expect?',
  },
  {
    name: 'division by zero',
    pattern: /^ZeroDivisionError:/m,
    text: 'The program divides by zero.',
    look: 'Which value is 0 here? Check it with if before dividing.',
  },
  {
    name: 'no more input',
    pattern: /^EOFError: EOF when reading a line/m,
    text: 'input() was called, but there is nothing left to read.',
    look: 'Compare how often the program reads with the lines of the input. Several values in one line need split().',
  },
  {
    name: 'recursion without end',
    pattern: /^RecursionError:/m,
    text: 'A function calls itself again and again.',
    look: 'Is there a case in which it returns without calling itself, and is it reached?',
  },
  {
    name: 'missing module',
    pattern: /^ModuleNotFoundError: No module named '(.+?)'/m,
    text: 'There is no module “$1” here.',
    look: 'Is it spelled right? Only what Python itself brings can be imported.',
  },
  {
    name: 'missing name in a module',
    pattern: /^ImportError: cannot import name '(.+?)' from '(.+?)'/m,
    text: 'The module “$2” has nothing that is called “$1”.',
    look: 'Is it spelled right, also in capital letters?',
  },
  {
    name: 'missing file',
    pattern: /^FileNotFoundError: .*?: '(.+?)'/m,
    text: 'There is no file “$1” here.',
    look: 'The input comes from the keyboard: read it with input() and not from a file.',
  },
];
