/** Small programs that show whether a language works: what each must do is in check-languages.ts. */
export interface LanguageSamples {
  /** Writes "hello". */
  hello: string;
  /** Writes the first line of standard input. */
  echo: string;
  /** Ends with an error while running. */
  failing: string;
  /** Is no program; null where everything is one. */
  broken: string | null;
}

const LISP_FAIL = '(error "no")';

/** By Judge0's id; languages that take no source of their own are missing. */
export const SAMPLES: Record<number, LanguageSamples> = {
  45: {
    hello:
      'section .data\nm db "hello",10\nsection .text\nglobal _start\n_start: mov eax,1\nmov edi,1\nmov rsi,m\nmov edx,6\nsyscall\nmov eax,60\nxor edi,edi\nsyscall\n',
    echo: 'section .bss\nb resb 100\nsection .text\nglobal _start\n_start: xor eax,eax\nxor edi,edi\nmov rsi,b\nmov edx,100\nsyscall\nmov rdx,rax\nmov eax,1\nmov edi,1\nsyscall\nmov eax,60\nxor edi,edi\nsyscall\n',
    failing: 'section .text\nglobal _start\n_start: mov eax,60\nmov edi,3\nsyscall\n',
    broken: 'this is no instruction\n',
  },
  46: { hello: 'echo hello', echo: 'read x; echo "$x"', failing: 'exit 3', broken: 'if then' },
  50: {
    hello: '#include <stdio.h>\nint main(){puts("hello");}',
    echo: '#include <stdio.h>\nint main(){char b[99];puts(scanf("%98s",b)==1?b:"");}',
    failing: 'int main(){return 3;}',
    broken: 'int main(){return x;}',
  },
  51: {
    hello: 'class P{static void Main(){System.Console.WriteLine("hello");}}',
    echo: 'class P{static void Main(){System.Console.WriteLine(System.Console.ReadLine());}}',
    failing: 'class P{static void Main(){throw new System.Exception("no");}}',
    broken: 'class P{static void Main(){x}}',
  },
  54: {
    hello: '#include <iostream>\nint main(){std::cout<<"hello\\n";}',
    echo: '#include <iostream>\nint main(){std::string s;std::cin>>s;std::cout<<s;}',
    failing: '#include <stdexcept>\nint main(){throw std::runtime_error("no");}',
    broken: 'int main(){return x;}',
  },
  55: {
    hello: '(format t "hello~%")',
    echo: '(format t "~a~%" (read-line))',
    failing: LISP_FAIL,
    broken: '(format t "hello"',
  },
  56: {
    hello: 'import std.stdio;void main(){writeln("hello");}',
    echo: 'import std.stdio;void main(){write(readln());}',
    failing: 'void main(){throw new Exception("no");}',
    broken: 'void main(){x;}',
  },
  57: {
    hello: 'IO.puts "hello"',
    echo: 'IO.puts String.trim(IO.gets(""))',
    failing: 'raise "no"',
    broken: 'defmodule do',
  },
  58: {
    hello: 'main(_) -> io:format("hello~n").',
    echo: 'main(_) -> io:put_chars(io:get_line("")).',
    failing: 'main(_) -> halt(3).',
    broken: 'main(_) -> .',
  },
  59: {
    hello: 'program p\nprint "(A)", "hello"\nend program',
    echo: 'program p\ncharacter(99) :: s\nread(*,"(A)") s\nwrite(*,"(A)") trim(s)\nend program',
    failing: 'program p\nerror stop 3\nend program',
    broken: 'program p\nx = = 1\nend program',
  },
  60: {
    hello: 'package main\nimport "fmt"\nfunc main(){fmt.Println("hello")}',
    echo: 'package main\nimport "fmt"\nfunc main(){var s string;fmt.Scan(&s);fmt.Println(s)}',
    failing: 'package main\nfunc main(){panic("no")}',
    broken: 'package main\nfunc main(){x}',
  },
  61: {
    hello: 'main = putStrLn "hello"',
    echo: 'main = getLine >>= putStrLn',
    failing: 'main = error "no" :: IO ()',
    broken: 'main = x',
  },
  62: {
    hello: 'public class Main{public static void main(String[] a){System.out.println("hello");}}',
    echo: 'public class Main{public static void main(String[] a){System.out.println(new java.util.Scanner(System.in).nextLine());}}',
    failing: 'public class Main{public static void main(String[] a){throw new RuntimeException("no");}}',
    broken: 'public class Main{public static void main(String[] a){x}}',
  },
  63: {
    hello: 'console.log("hello")',
    echo: 'console.log(require("fs").readFileSync(0,"utf8").trim())',
    failing: 'throw new Error("no")',
    broken: 'function(',
  },
  64: { hello: 'print("hello")', echo: 'print(io.read())', failing: 'error("no")', broken: 'x = = 1' },
  65: {
    hello: 'let () = print_endline "hello"',
    echo: 'let () = print_endline (read_line ())',
    failing: 'let () = failwith "no"',
    broken: 'let () = x',
  },
  66: {
    hello: 'printf("hello\\n")',
    echo: 'disp(input("", "s"))',
    failing: 'error("no")',
    broken: 'x = = 1',
  },
  67: {
    hello: "begin writeln('hello'); end.",
    echo: 'var s: string; begin readln(s); writeln(s); end.',
    failing: 'begin halt(3); end.',
    broken: 'begin x; end.',
  },
  68: {
    hello: '<?php echo "hello\\n";',
    echo: '<?php echo fgets(STDIN);',
    failing: '<?php throw new Exception("no");',
    broken: '<?php function (',
  },
  69: {
    hello: ':- initialization(main).\nmain :- write(hello), nl.',
    echo: ':- initialization(main).\nmain :- read_token(X), write(X), nl.',
    failing: ':- initialization(main).\nmain :- halt(3).',
    broken: 'main :- (',
  },
  71: {
    hello: 'print("hello")',
    echo: 'print(input())',
    failing: 'raise ValueError("no")',
    broken: 'def f(:',
  },
  72: { hello: 'puts "hello"', echo: 'puts gets', failing: 'raise "no"', broken: 'def f(' },
  73: {
    hello: 'fn main(){println!("hello");}',
    echo: 'fn main(){let mut s=String::new();std::io::stdin().read_line(&mut s).unwrap();print!("{}",s);}',
    failing: 'fn main(){panic!("no");}',
    broken: 'fn main(){x}',
  },
  74: {
    hello: 'const s: string = "hello"; console.log(s);',
    echo: 'declare const require: any; console.log(require("fs").readFileSync(0, "utf8").trim());',
    failing: 'throw new Error("no");',
    broken: 'const n: number = ;',
  },
  75: {
    hello: '#include <stdio.h>\nint main(){puts("hello");}',
    echo: '#include <stdio.h>\nint main(){char b[99];puts(scanf("%98s",b)==1?b:"");}',
    failing: 'int main(){return 3;}',
    broken: 'int main(){return x;}',
  },
  76: {
    hello: '#include <iostream>\nint main(){std::cout<<"hello\\n";}',
    echo: '#include <iostream>\nint main(){std::string s;std::cin>>s;std::cout<<s;}',
    failing: 'int main(){return 3;}',
    broken: 'int main(){return x;}',
  },
  77: {
    hello:
      'identification division.\nprogram-id. sample.\nprocedure division.\ndisplay "hello".\nstop run.\n',
    echo: 'identification division.\nprogram-id. sample.\ndata division.\nworking-storage section.\n01 s pic x(7).\nprocedure division.\naccept s.\ndisplay s.\nstop run.\n',
    failing: 'identification division.\nprogram-id. sample.\nprocedure division.\nstop run returning 3.\n',
    broken: 'identification division.\nprogram-id. sample.\nprocedure division.\nfoo bar.\n',
  },
  78: {
    hello: 'fun main() { println("hello") }',
    echo: 'fun main() { println(readLine()) }',
    failing: 'fun main() { throw RuntimeException("no") }',
    broken: 'fun main() { x }',
  },
  79: {
    hello: '#include <stdio.h>\nint main(){puts("hello");return 0;}',
    echo: '#include <stdio.h>\nint main(){char b[99];puts(scanf("%98s",b)==1?b:"");return 0;}',
    failing: 'int main(){return 3;}',
    broken: 'int main(){return x;}',
  },
  80: {
    hello: 'cat("hello\\n")',
    echo: 'cat(readLines("stdin", n=1), "\\n")',
    failing: 'stop("no")',
    broken: 'f <- function(',
  },
  81: {
    hello: 'object Main extends App { println("hello") }',
    echo: 'object Main extends App { println(scala.io.StdIn.readLine()) }',
    failing: 'object Main extends App { throw new Exception("no") }',
    broken: 'object Main extends App { x }',
  },
  82: {
    hello: "select 'hello';",
    echo: '.import /dev/stdin t\nselect 1;',
    failing: 'select x from nothing;',
    broken: 'selekt 1;',
  },
  85: { hello: 'print "hello\\n";', echo: 'print scalar <STDIN>;', failing: 'die "no";', broken: 'sub {' },
  86: {
    hello: '(println "hello")',
    echo: '(println (read-line))',
    failing: '(throw (Exception. "no"))',
    broken: '(println "hello"',
  },
  88: {
    hello: 'println "hello"',
    echo: 'println System.in.newReader().readLine()',
    failing: 'throw new Exception("no")',
    broken: 'def f( {',
  },
};
