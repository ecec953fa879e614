/** Programs with beginners' mistakes, by the name of the known error that each must be explained by. */
export type FaultyPrograms = Readonly<Record<string, string>>;

export const faultyPython: FaultyPrograms = {
  'unknown name': 'prnt("x")',
  'local before its value': 'n = 1\ndef f():\n    n += 1\nf()',
  'block expected': 'if True:\nprint(1)',
  'unexpected indent': 'x = 1\n  print(x)',
  'indentation that fits nothing': 'if True:\n        x = 1\n    y = 2',
  'tabs and spaces': 'if True:\n        x = 1\n\ty = 2',
  'missing colon': 'if True\n    print(1)',
  'bracket never closed': 'print((1)',
  'bracket too many': 'print(1))',
  'text without end': 'print("hello)',
  'one equals sign': 'x = 1\nif x = 1:\n    print(x)',
  'assignment to no name': '5 = x',
  'print without brackets': 'print "hello"',
  'missing comma': 'x = [1 2]',
  'invisible or foreign character': 'print(“hello”)',
  'return outside a function': 'x = 1\nreturn x',
  'break outside a loop': 'if True:\n    break',
  'any other syntax': 'def 1f():\n    pass',
  'text plus number': 'print("a" + 1)',
  'values that do not fit': 'print(1 + None)',
  'comparison that does not fit': 'print("5" > 3)',
  'call of no function': 'x = 5\nx(3)',
  'index into something without parts': 'for i in 5:\n    print(i)',
  'wrong number of arguments': 'def f(a):\n    return a\nf()',
  'text is no number': 'int("abc")',
  'wrong number of values': 'a, b = [1]',
  'index out of range': 'a = [1, 2]\nprint(a[2])',
  'pop from an empty list': '[].pop()',
  'missing key': 'print({"a": 1}["b"])',
  'nothing has no attribute': 'x = [2, 1].sort()\nx.append(3)',
  'missing attribute': '"abc".push("d")',
  'division by zero': 'print(1 // 0)',
  'no more input': 'x = input()',
  'recursion without end': 'def f(n):\n    return f(n + 1)\nf(0)',
  'missing module': 'import numpi',
  'missing name in a module': 'from math import sqare',
  'missing file': 'open("input.txt")',
};

export const faultyJavascript: FaultyPrograms = {
  'unknown name': 'consol.log(1)',
  'used before its declaration': 'console.log(x); let x = 1;',
  'property of nothing': 'const a = [];\nconsole.log(a[0].length);',
  'call of no function': 'const x = 5;\nx();',
  'loop over something without parts': 'for (const x of 5) console.log(x);',
  'new value for a constant': 'const x = 1;\nx = 2;',
  'BigInt and number': 'console.log(1n + 1);',
  'any other wrong type': 'null instanceof 5',
  'recursion without end': 'const f = (n) => f(n + 1);\nf(0);',
  'impossible length': 'new Array(-1)',
  'value out of range': '(1).toFixed(200)',
  'broken JSON': 'JSON.parse("{a")',
  'end of the program too early': 'if (true) {\n  console.log(1);',
  'bracket of a call not closed': 'console.log("x"',
  'text without end': 'console.log("x);',
  'declared twice': 'let a = 1;\nlet a = 2;',
  'constant without value': 'const a;',
  'statement at a wrong place': 'if (1) { break; }',
  'await outside of async': 'function f() { await g(); }',
  'assignment to no name': 'if (1 = 2) {}',
  'unexpected word': 'let a = 1 b',
  'unexpected sign': 'let a = ;',
  'any other syntax': 'let let = 1;',
  'missing module': 'require("lodahs")',
};

const method = (body: string) =>
  `public class Main {\n  public static void main(String[] args) {\n    ${body}\n  }\n}\n`;

/** What javac refuses. */
export const faultyJavaSources: FaultyPrograms = {
  'missing semicolon': method('int x = 5'),
  'end of the program too early': 'public class Main {\n  public static void main(String[] args) {\n  }\n',
  'code outside of a class': `${method('')}}\n`,
  'text without end': method('String s = "hello;'),
  'else without if': method('if (1 > 0); int x = 1; else x = 2;'),
  'not a statement': method('5;'),
  'unknown variable': method('System.out.println(x);'),
  'unknown method': method('"a".size();'),
  'unknown class': method('Scaner s = null;'),
  'missing package': method('system.out.println("x");'),
  'loss of digits': method('int x = 2.5;'),
  'types that do not fit': method('int x = "5";'),
  'operator that does not fit': method('int x = "a" * 2;'),
  'missing return': 'public class Main { static int f(int a) { if (a > 0) return 1; } }',
  'variable without value': method('int x; System.out.println(x);'),
  'declared twice': method('int x = 1; int x = 2;'),
  'not static': 'public class Main {\n  int n = 0;\n  public static void main(String[] args) { n = 1; }\n}\n',
  'wrong arguments':
    'public class Main {\n  static void f(int a) { }\n  public static void main(String[] args) { f(); }\n}\n',
  'code that is never reached': method('return; System.out.println();'),
  'exception that nobody handles': method('throw new Exception("no");'),
  'sign at a wrong place': method('int x = 5 +;'),
};

/** One program of which the number in its input chooses the mistake. */
export const faultyJavaRuns: FaultyPrograms = {
  'index out of bounds': 'int[] a = new int[3]; a[3] = 1;',
  'part of a text out of range': '"abc".substring(5);',
  null: 'String s = null; s.length();',
  'text is no number': 'Integer.parseInt("12a");',
  'other input than expected': 'new java.util.Scanner("abc").nextInt();',
  'no more input': 'new java.util.Scanner("").nextLine();',
  'division by zero': 'int zero = 0; System.out.println(1 / zero);',
  'recursion without end': 'deeper(0);',
  'cast that does not fit': 'Object o = "x"; Integer i = (Integer) o;',
  'changed while looping':
    'java.util.List<Integer> l = new java.util.ArrayList<>(java.util.List.of(1, 2, 3)); for (Integer i : l) l.remove(i);',
  'negative size': 'int size = -1; int[] b = new int[size];',
};

const c = (body: string) =>
  `#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <assert.h>\nint main(void) {\n  ${body}\n  return 0;\n}\n`;

export const faultyC: FaultyPrograms = {
  'missing semicolon': c('int x = 5'),
  'end of the program too early': '#include <stdio.h>\nint main(void) {\n  if (1) {\n  return 0;\n}\n',
  'text without end': c('printf("hello);'),
  'unknown name': c('x = 1;'),
  'unknown type': c('strin s;'),
  'missing header': '#include <stdoi.h>\nint main(void) { return 0; }\n',
  'name that the linker does not find': c('void nowhere(void); nowhere();'),
  'no main': 'int mian(void) { return 0; }\n',
  'wrong number of arguments': 'int f(int a) { return a; }\nint main(void) { return f(); }\n',
  'operator that does not fit': c('int *p = 0, *q = 0; p * q;'),
  'types that do not fit': c('struct a { int x; } s; int y; y = s;'),
  'declared twice': c('int x; double x;'),
  'assignment to no variable': c('int x = 1; if (x + 1 = 2) x = 3;'),
  'constant changed': c('const int x = 1; x = 2;'),
  'else without if': c('if (1); puts("a"); else puts("b");'),
  'index into something without parts': c('int x = 1; x[0] = 2;'),
  'call of no function': c('int x = 1; x(2);'),
  'result of a function without one': c('int x = free(0);'),
  'no member of that name': c('struct a { int x; } s; s.y = 1;'),
  'sign at a wrong place': c('int x = (1 + ) ;'),
  'failed assertion': c('assert(1 == 2);'),
  'memory given back twice': c('char *p = malloc(9); free(p); free(p);'),
};

export const faultyCpp: FaultyPrograms = {
  'std is missing': '#include <iostream>\nint main() { cout << 1; }\n',
  'no function that fits': 'void f(int a) { }\nvoid f(int a, int b) { }\nint main() { f(); }\n',
  'operator that does not fit': 'struct A { };\nint main() { A a, b; a + b; }\n',
  'types that do not fit': 'int main() { int x = "5"; }\n',
  'no member of that name': '#include <vector>\nint main() { std::vektor v; }\n',
  'at() out of range': '#include <vector>\nint main() { std::vector<int> v; return v.at(3); }\n',
  'part of a text out of range':
    '#include <string>\nint main() { std::string s = "a"; return s.substr(5).size(); }\n',
  'text is no number': '#include <string>\nint main() { return std::stoi("abc"); }\n',
  'uncaught exception': 'int main() { throw 5; }\n',
};

export const faultyBash: FaultyPrograms = {
  'end of the program too early': 'if true; then\necho 1',
  'text without end': 'echo "hello',
  'sign at a wrong place': 'for i in 1 2; echo $i; done',
  'unknown command': 'ech 1\nexit 1',
  'comparison of no numbers': '[ "a" -eq 1 ] || exit 1',
  'empty variable in a condition': 'x=""\n[ $x = "a" ] || exit 1',
  'bracket of a condition': '[ 1 = 1] || exit 1',
  'division by zero': 'echo $((1 / 0))',
  'missing file': 'read x < input.txt || exit 1',
};

/** Messages of what this engine mends by itself, and of compilers of other systems. */
export const recordedMessages: readonly (readonly [mode: string, name: string, text: string])[] = [
  [
    'java',
    'public class of another name',
    'Main.java:1: error: class Hello is public, should be declared in a file named Hello.java\n',
  ],
  [
    'java',
    'no main class',
    'Error: Could not find or load main class Main\nCaused by: java.lang.ClassNotFoundException: Main\n',
  ],
  [
    'java',
    'no main method',
    'Error: Main method not found in class Main, please define the main method as:\n',
  ],
  ['c', 'array on the stack overrun', '*** stack smashing detected ***: terminated\n'],
  [
    'c',
    'std is missing',
    'main.cpp:2:14: error: ‘cout’ was not declared in this scope; did you mean ‘std::cout’?\n',
  ],
  [
    'python',
    'text without end',
    '  File "script.py", line 1\n    print("hello)\n                ^\nSyntaxError: EOL while scanning string literal\n',
  ],
  [
    'python',
    'one equals sign',
    "  File \"script.py\", line 1\n    if x = 1:\nSyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='?\n",
  ],
  ['javascript', 'property of nothing', "TypeError: Cannot read property 'length' of undefined\n"],
  ['javascript', 'import in a script', 'SyntaxError: Cannot use import statement outside a module\n'],
];

/** A Java program that compiles the sources in its input, one to a line as JSON would escape it, and tells what javac says. */
export const javacOfMany = `
import java.net.URI;
import java.util.*;
import javax.tools.*;
public class Main {
  public static void main(String[] args) throws Exception {
    Scanner in = new Scanner(System.in, "UTF-8").useDelimiter("\\\\A");
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    for (String source : in.next().split("\\u0001")) {
      JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Main.java"), JavaFileObject.Kind.SOURCE) {
        public CharSequence getCharContent(boolean ignore) { return source; }
      };
      java.io.StringWriter told = new java.io.StringWriter();
      javac.getTask(told, null, null, List.of("-proc:none", "-d", "/tmp"), null, List.of(file)).call();
      System.out.print(told.toString().replace("/Main.java", "Main.java") + "\\u0001");
    }
  }
}
`;
