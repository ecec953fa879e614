import type { KnownError } from './explanation.js';

/** Messages of javac and of the Java runtime, from 11 on. */
export const javaErrors: readonly KnownError[] = [
  {
    name: 'public class of another name',
    pattern: /error: (?:class|enum|interface|record) (\S+) is public, should be declared in a file named/,
    text: 'The public class “$1” has another name than the file, which is Main.java.',
    look: 'Write “public class Main”.',
  },
  {
    name: 'no main class',
    pattern: /^Error: Could not find or load main class (\S+)/m,
    text: 'No class has a main method, so Java does not know where to begin.',
    look: 'The program needs a class Main with “public static void main(String[] args)”, and no package line.',
  },
  {
    name: 'no main method',
    pattern: /^Error: Main method not found in class (\w+)|error: .*Main method not found/m,
    text: 'There is no main method, so Java does not know where to begin.',
    look: 'Write exactly “public static void main(String[] args)”.',
  },
  {
    name: 'missing semicolon',
    pattern: /error: ';' expected/,
    text: 'A semicolon is missing.',
    look: 'Look at the end of the marked line, and of the line above.',
  },
  {
    name: 'end of the program too early',
    pattern: /error: reached end of file while parsing/,
    text: 'The program ends although a “{” is still open.',
    look: 'Count { and }: each one needs its partner.',
  },
  {
    name: 'code outside of a class',
    pattern:
      /error: (?:class, interface, (?:enum, or record|or enum)|unnamed classes are a preview|implicitly declared classes)/,
    text: 'Code stands outside of any class.',
    look: 'Often there is one “}” too many before it. Methods and statements belong into a class.',
  },
  {
    name: 'text without end',
    pattern: /error: unclosed (string|character) literal/,
    text: 'A text begins with a quote and does not end with one.',
    look: 'Texts have double quotes, and end in the same line. Single quotes hold one character.',
  },
  {
    name: 'else without if',
    pattern: /error: (?:'else' without 'if'|illegal start of type[^]*else)/,
    text: 'There is an else without its if.',
    look: 'A semicolon after if (…), or more than one line without { }, ends the if too early.',
  },
  {
    name: 'not a statement',
    pattern: /error: not a statement/,
    text: 'This line does nothing that Java knows.',
    look: 'Is an “=” or the bracket of a call missing?',
  },
  {
    name: 'unknown variable',
    pattern: /error: cannot find symbol(?:(?!error:)[^])*?symbol:\s+variable (\S+)/,
    text: 'Java does not know the variable “$1” here.',
    look: 'Is it declared, spelled the same, and inside of the same { }? A text needs double quotes.',
  },
  {
    name: 'unknown method',
    pattern: /error: cannot find symbol(?:(?!error:)[^])*?symbol:\s+method ([^\s(]+)/,
    text: 'Java does not know the method “$1” here.',
    look: 'Is it spelled right, also in capital letters? Does the object before the dot have it?',
  },
  {
    name: 'unknown class',
    pattern: /error: cannot find symbol(?:(?!error:)[^])*?symbol:\s+class (\S+)/,
    text: 'Java does not know the class “$1”.',
    look: 'Is it spelled right, as in String and Scanner? An import such as “import java.util.*;” may be missing.',
  },
  {
    name: 'missing package',
    pattern: /error: package (\S+) does not exist/,
    text: 'There is no package “$1”.',
    look: 'Is it spelled right? It is System with a capital S.',
  },
  {
    name: 'loss of digits',
    pattern: /error: incompatible types: possible lossy conversion from (\w+) to (\w+)/,
    text: 'A value of type $1 may not fit into a variable of type $2.',
    look: 'Declare the variable as $1, or convert with ($2) if losing digits is meant.',
  },
  {
    name: 'types that do not fit',
    pattern: /error: incompatible types: (\S+) cannot be converted to (\S+)/,
    text: 'A value of type $1 cannot be put where $2 is needed.',
    look: 'Integer.parseInt(…) makes a number of a text, String.valueOf(…) a text of a number.',
  },
  {
    name: 'operator that does not fit',
    pattern: /error: (?:bad operand types for binary operator '(.+?)'|incomparable types)/,
    text: 'The operator $1 does not work between values of these types.',
    look: 'Compare texts with equals(…), and see which type each side has.',
  },
  {
    name: 'missing return',
    pattern: /error: missing return statement/,
    text: 'The method promises a result, but can end without return.',
    look: 'Each way through it needs a return, also when no if applies.',
  },
  {
    name: 'variable without value',
    pattern: /error: variable (\S+) might not have been initialized/,
    text: '“$1” may have no value when it is used.',
    look: 'Give it one where it is declared, such as 0.',
  },
  {
    name: 'declared twice',
    pattern: /error: (?:variable|method|class) (\S+) is already defined/,
    text: '“$1” is declared twice.',
    look: 'Leave the type away the second time, or take another name.',
  },
  {
    name: 'not static',
    pattern:
      /error: non-static (?:method|variable) (\S+?)(?:\(.*?\))? cannot be referenced from a static context/,
    text: 'main is static and cannot use “$1”, which is not.',
    look: 'Write static before it, or make an object of the class first.',
  },
  {
    name: 'wrong arguments',
    pattern:
      /error: (?:method|constructor) (\S+) in \S+ (\S+ )?cannot be applied to given types|error: no suitable (?:method|constructor) found for (\S+?)\(/,
    text: '“$1$3” is called with the wrong number or types of values.',
    look: 'Compare the call with the line where it is defined.',
  },
  {
    name: 'code that is never reached',
    pattern: /error: unreachable statement/,
    text: 'This line can never be reached.',
    look: 'A return, break or endless loop stands before it.',
  },
  {
    name: 'exception that nobody handles',
    pattern: /error: unreported exception (\S+?);/,
    text: 'The marked call may throw $1, and nothing handles that.',
    look: 'Add “throws Exception” to the method, or put try and catch around the call.',
  },
  {
    name: 'sign at a wrong place',
    pattern:
      /error: (?:illegal start of (?:expression|type)|(?:<identifier>|'.+?'(?: or '.+?')?|.+) expected)/,
    text: 'Something is missing or too many here.',
    look: 'Look at the marked place and at the line above: a bracket, a type or a name is often there. A method cannot stand inside of another.',
  },
  {
    name: 'index out of bounds',
    pattern:
      /java\.lang\.(?:Array|String)?IndexOutOfBoundsException: .*?[Ii]ndex (-?\d+),? out of bounds for length (\d+)/,
    text: 'The index $1 does not exist: there are $2 elements, from 0 on.',
    look: 'The last index is one less than the length. Does the loop go one step too far?',
  },
  {
    name: 'part of a text out of range',
    pattern: /java\.lang\.StringIndexOutOfBoundsException/,
    text: 'The program takes a part of a text that does not exist.',
    look: 'Compare the index with length(): the last one is one less.',
  },
  {
    name: 'null',
    pattern: /java\.lang\.NullPointerException(?:: .*?because "(.+?)" is null)?/,
    text: 'Something is used that is null, that is nothing.',
    look: 'Which variable of this line never got a value? An array of objects is full of null at first.',
  },
  {
    name: 'text is no number',
    pattern: /java\.lang\.NumberFormatException: (?:For input string: )?(.+)/,
    text: 'The text $1 is not a number.',
    look: 'Several numbers in one line must be taken apart first. A space counts: use trim().',
  },
  {
    name: 'other input than expected',
    pattern: /java\.util\.InputMismatchException/,
    text: 'The next word of the input is not of the type that is read.',
    look: 'nextInt() takes whole numbers only. Compare what is read with the input, word by word.',
  },
  {
    name: 'no more input',
    pattern: /java\.util\.NoSuchElementException/,
    text: 'The program reads more than there is, or takes something out of an empty collection.',
    look: 'Compare how often it reads with the input. Make one Scanner only, and check with hasNext().',
  },
  {
    name: 'division by zero',
    pattern: /java\.lang\.ArithmeticException: \/ by zero/,
    text: 'The program divides by zero.',
    look: 'Which value is 0 here? Check it with if before dividing.',
  },
  {
    name: 'recursion without end',
    pattern: /java\.lang\.StackOverflowError/,
    text: 'A method calls itself again and again.',
    look: 'Is there a case in which it returns without calling itself, and is it reached?',
  },
  {
    name: 'cast that does not fit',
    pattern: /java\.lang\.ClassCastException: class (\S+) cannot be cast to class (\S+)/,
    text: 'An object of type $1 is treated as a $2, which it is not.',
    look: 'Look at what was put into the variable or the collection.',
  },
  {
    name: 'changed while looping',
    pattern: /java\.util\.ConcurrentModificationException/,
    text: 'A collection is changed while a for loop goes through it.',
    look: 'Collect what to remove in a second list, or use removeIf(…).',
  },
  {
    name: 'negative size',
    pattern: /java\.lang\.NegativeArraySizeException: (-\d+)/,
    text: 'An array cannot have $1 elements.',
    look: 'Print the number that is used as its size.',
  },
];
