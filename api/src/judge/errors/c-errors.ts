import type { KnownError } from './explanation.js';

/** Messages of gcc, g++ and clang, of their linker and of the C++ library; quotes are curly or straight. */
export const cErrors: readonly KnownError[] = [
  {
    name: 'missing semicolon',
    pattern:
      /error: expected (?:[‘'],[’'] or )?[‘'];[’'](?: before|,| after| at)|error: expected [‘']=[’'], [‘'],[’'], [‘'];[’']/,
    text: 'A semicolon is missing.',
    look: 'Look at the end of the marked line, and of the line above.',
  },
  {
    name: 'end of the program too early',
    pattern:
      /error: expected (?:declaration or statement|[‘']}[’'](?: at end)?|unqualified-id) at end of input|error: expected [‘']}[’'] at end of input/,
    text: 'The program ends although a “{” is still open.',
    look: 'Count { and }: each one needs its partner.',
  },
  {
    name: 'text without end',
    pattern: /(?:error|warning): missing terminating (["']) character/,
    text: 'A text begins with a quote and does not end with one.',
    look: 'Close it in the same line. Texts have double quotes; single quotes hold one character.',
  },
  {
    name: 'std is missing',
    pattern:
      /error: [‘'](cout|cin|endl|string|vector|map|sort|max|min)[’'] (?:was not declared in this scope|does not name a type)/,
    text: '“$1” belongs to std, and possibly to a header that is not included.',
    look: 'Write std::$1, or “using namespace std;” at the top, and include its header.',
  },
  {
    name: 'unknown name',
    pattern:
      /error: (?:[‘'](.+?)[’'] (?:undeclared|was not declared in this scope)|use of undeclared identifier [‘'](.+?)[’'])/,
    text: 'The compiler does not know the name “$1$2” here.',
    look: 'Is it declared before, spelled the same, and inside of the same { }? Is the #include for it there?',
  },
  {
    name: 'unknown type',
    pattern: /error: (?:unknown type name [‘'](.+?)[’']|[‘'](.+?)[’'] does not name a type)/,
    text: 'The compiler does not know the type “$1$2”.',
    look: 'Is it spelled right? Is the #include for it there?',
  },
  {
    name: 'missing header',
    pattern: /(?:fatal )?error: (\S+): No such file or directory/,
    text: 'There is no header “$1”.',
    look: 'Is it spelled right? In C it is stdio.h, in C++ iostream without .h.',
  },
  {
    name: 'name that the linker does not find',
    pattern: /undefined reference to [`'‘](?!main)(.+?)['’]/,
    text: '“$1” is used, but nowhere defined.',
    look: 'Is it spelled as where it is written? A declaration alone has no body.',
  },
  {
    name: 'no main',
    pattern: /undefined reference to [`'‘]main['’]/,
    text: 'There is no function main, so the program cannot begin.',
    look: 'Is it spelled main, in small letters?',
  },
  {
    name: 'wrong number of arguments',
    pattern: /error: too (few|many) arguments to function [‘'](.+?)[’']/,
    text: '“$2” is called with too $1 values.',
    look: 'Compare the call with the line where the function is defined.',
  },
  {
    name: 'no function that fits',
    pattern: /error: no matching function for call to [‘'](.+?)[’']/,
    text: 'No function takes these values: $1.',
    look: 'Compare number and types of the values with the line where it is defined.',
  },
  {
    name: 'operator that does not fit',
    pattern: /error: (?:no match for [‘']operator(.+?)[’']|invalid operands (?:to binary (\S+)|of types))/,
    text: 'The operator $1$2 does not work with values of these types.',
    look: 'Output goes with cout <<, input with cin >>. See which type each side has.',
  },
  {
    name: 'types that do not fit',
    pattern:
      /error: (?:invalid conversion from [‘'](.+?)[’'] to [‘'](.+?)[’']|incompatible types when \w+ (?:to )?type [‘'](.+?)[’'] (?:from|using) type [‘'](.+?)[’']|cannot convert [‘'](.+?)[’'] to [‘'](.+?)[’'])/,
    text: 'A value is of another type than is needed here.',
    look: 'A text in double quotes is no number and no single character. See which type each side has.',
  },
  {
    name: 'declared twice',
    pattern:
      /error: (?:redefinition of|redeclaration of|conflicting declaration|conflicting types for) [‘'](.+?)[’']/,
    text: '“$1” is declared twice.',
    look: 'Leave the type away the second time, or take another name. A function must be declared before it is used.',
  },
  {
    name: 'assignment to no variable',
    pattern:
      /error: (?:lvalue required as left operand of assignment|expression is not assignable|assignment to expression with array type)/,
    text: 'Left of “=” stands something that cannot take a value.',
    look: 'To compare, write ==. Arrays are copied element by element, texts with strcpy.',
  },
  {
    name: 'constant changed',
    pattern: /error: (?:assignment of read-only|increment of read-only|cannot assign to variable)/,
    text: 'A const never gets another value.',
    look: 'Leave const away where it is declared.',
  },
  {
    name: 'else without if',
    pattern: /error: (?:[‘']else[’'] without a previous [‘']if[’']|expected [‘']}[’'] before [‘']else[’'])/,
    text: 'There is an else without its if.',
    look: 'A semicolon after if (…), or more than one line without { }, ends the if too early.',
  },
  {
    name: 'index into something without parts',
    pattern:
      /error: subscripted value is neither array nor pointer|error: invalid types [‘'].+?\[.+?\][’'] for array subscript/,
    text: 'What stands before [ ] is no array.',
    look: 'Is it declared as one, with its size in [ ]?',
  },
  {
    name: 'call of no function',
    pattern:
      /error: (?:called object [‘'](.+?)[’'] is not a function|[‘'](.+?)[’'] cannot be used as a function)/,
    text: '“$1$2” is called, but it is no function.',
    look: 'Has a variable the same name? Is an operator missing before the bracket?',
  },
  {
    name: 'result of a function without one',
    pattern: /error: void value not ignored as it ought to be|error: invalid use of void expression/,
    text: 'A function that gives no result is used as if it gave one.',
    look: 'Give it a type other than void and a return.',
  },
  {
    name: 'no member of that name',
    pattern:
      /error: [‘'](?:struct |class )?(.+?)[’'] has no member named [‘'](.+?)[’']|error: [‘'](.+?)[’'] is not a member of [‘'](.+?)[’']/,
    text: '“$1$4” has nothing that is called “$2$3”.',
    look: 'Is it spelled right? Is the #include for it there?',
  },
  {
    name: 'sign at a wrong place',
    pattern: /error: (?:expected .+|stray [‘'].+?[’'] in program)/,
    text: 'Something is missing or too many here.',
    look: 'Look at the marked place and at the line above: a bracket, a comma or an operator is often there. Curly quotes from a document do not count.',
  },
  {
    name: 'at() out of range',
    pattern:
      /terminate called[^\n]*\n\s*what\(\):\s+(?:vector::_M_range_check|basic_string::at|array::at|map::at|.*__n \(which is)/,
    text: 'at() was given an index or a key that does not exist.',
    look: 'With n elements the last one has index n−1. Does the loop go one step too far?',
  },
  {
    name: 'part of a text out of range',
    pattern: /terminate called[^\n]*\n\s*what\(\):\s+basic_string::(?:substr|erase|insert|replace)/,
    text: 'The program takes a part of a text that does not exist.',
    look: 'Compare the position with size().',
  },
  {
    name: 'text is no number',
    pattern: /terminate called[^\n]*\n\s*what\(\):\s+(sto[a-z]+)/,
    text: '$1 was given a text that is no number, or too large a one.',
    look: 'Print the text before: is it empty, or is there a letter in it?',
  },
  {
    name: 'uncaught exception',
    pattern: /terminate called after throwing an instance of '(.+?)'/,
    text: 'The program threw $1, and nothing caught it.',
    look: 'Look at what() below it, and where the program throws or calls what may throw.',
  },
  {
    name: 'failed assertion',
    pattern: /Assertion `(.+?)' failed/,
    text: 'The program itself checks that $1, and that is not so.',
    look: 'Print the values of that condition before the assert.',
  },
  {
    name: 'memory given back twice',
    pattern:
      /(?:free\(\): |double free or corruption|munmap_chunk\(\): |malloc\(\): |corrupted size|realloc\(\): )/,
    text: 'The program damaged its own memory, or gave it back twice.',
    look: 'Does a loop write past the end of an array? Is free or delete called twice, or for something that was not allocated?',
  },
  {
    name: 'array on the stack overrun',
    pattern: /stack smashing detected/,
    text: 'The program wrote past the end of a local array.',
    look: 'Compare the index, or the length of what is read, with the size of the array. A text needs one place more for its end.',
  },
];
