import type { LanguageSpec } from './language.js';

/** Quick start, little memory, and no second heap copy of a parallel collector. */
const JVM = '-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xshare:auto';

/**
 * Compiles Main.java. A public class of another name must stand in a file of that name, which javac tells; and the
 * class to start is the one with main, which may have another name or stand in a package: Main, that of the file, or
 * the first of the alphabet.
 */
const COMPILE_JAVA = `
compile() { {javac} -J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 -J-Xmx512m -d . %s "$1" 2>&1; }
file=Main.java
told=$(compile $file); code=$?
name=$(sed -n 's/.*should be declared in a file named \\([^ /]*\\.java\\)$/\\1/p' <<< "$told" | head -n 1)
if [ $code != 0 ] && [ -n "$name" ]; then
  mv $file "$name"; file=$name
  told=$(compile "$file"); code=$?
fi
[ -z "$told" ] || echo "$told"
[ $code = 0 ] || exit $code
with_main() { LC_ALL=C grep -laP '\\x01\\x00\\x04main' "$@" | LC_ALL=C xargs -r grep -laF '([Ljava/lang/String;)V'; }
main=$(with_main Main.class 2>&-)
if [ -z "$main" ]; then
  classes=$(find . -name '*.class' | sort)
  main=$(with_main $classes | sort)
  own=$(grep -E -m 1 "/(Main|\${file%.java})\\.class$" <<< "$main")
  main=\${own:-\${main%%$'\\n'*}}
fi
main=\${main#./}; main=\${main%.class}; main=\${main:-Main}
echo "\${main//\\//.}" > main-class`.trim();

/** Languages on a virtual machine that reserves far more address space than it uses. */
export const MANAGED_LANGUAGES: LanguageSpec[] = [
  {
    id: 51,
    label: 'C#',
    toolName: 'Mono',
    sourceFile: 'Main.cs',
    compile: '{mcs} %s Main.cs',
    run: '{mono} Main.exe',
    artefact: 'Main.exe',
    tools: { mcs: ['/usr/bin/mcs'], mono: ['/usr/bin/mono'] },
    version: { command: ['{mono}', '--version'], pattern: /version (\S+)/ },
    packages: ['mono-mcs', 'mono-runtime', 'libmono-system-core4.0-cil', 'libmono-system-numerics4.0-cil'],
    etc: ['mono'],
    memory: 'managed',
  },
  {
    id: 86,
    label: 'Clojure',
    sourceFile: 'main.clj',
    run: `{java} ${JVM} -Xmx{heap}k -cp {clojure} clojure.main main.clj`,
    tools: { java: ['/usr/bin/java'], clojure: ['/usr/share/java/clojure.jar'] },
    packages: ['clojure', 'default-jre-headless'],
    etc: ['java-*'],
    memory: 'managed',
  },
  {
    id: 57,
    label: 'Elixir',
    sourceFile: 'script.exs',
    // The emulator makes room for its machine code in a nameless file, and does without where that is refused.
    run: "trap '' XFSZ; {elixir} script.exs",
    tools: { elixir: ['/usr/bin/elixir'] },
    version: { command: ['{elixir}', '--short-version'], pattern: /^(\S+)/ },
    packages: ['elixir'],
    memory: 'managed',
    env: { ERL_AFLAGS: '+S 2:2 +A 1 +SDio 1' },
  },
  {
    id: 58,
    label: 'Erlang',
    toolName: 'OTP',
    sourceFile: 'main.erl',
    run: "trap '' XFSZ; /bin/sed -i '1s/^/\\n/' main.erl && {escript} main.erl",
    tools: { escript: ['/usr/bin/escript'], erl: ['/usr/bin/erl'] },
    version: {
      command: ['{erl}', '-noshell', '-eval', 'io:put_chars(erlang:system_info(otp_release)),halt().'],
      pattern: /^(\S+)/,
    },
    packages: ['erlang-base'],
    memory: 'managed',
    env: { ERL_AFLAGS: '+S 2:2 +A 1 +SDio 1' },
  },
  {
    id: 60,
    label: 'Go',
    sourceFile: 'main.go',
    compile: '{go} build %s main.go',
    run: './main',
    artefact: 'main',
    tools: { go: ['/usr/bin/go'] },
    version: { command: ['{go}', 'version'], pattern: /go(\d\S*)/ },
    packages: ['golang-go'],
    memory: 'managed',
    env: { GOCACHE: '/tmp/go-build', GOPATH: '/tmp/go', GO111MODULE: 'off', GOFLAGS: '-p=1' },
    school: true,
  },
  {
    id: 88,
    label: 'Groovy',
    sourceFile: 'script.groovy',
    run: '{groovy} script.groovy',
    tools: { groovy: ['/usr/bin/groovy'] },
    version: { command: ['{groovy}', '--version'], pattern: /Groovy Version: (\S+)/ },
    packages: ['groovy', 'default-jre-headless'],
    etc: ['java-*', 'groovy*'],
    memory: 'managed',
    env: { JAVA_OPTS: '-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m' },
  },
  {
    id: 62,
    label: 'Java',
    toolName: 'OpenJDK',
    sourceFile: 'Main.java',
    compile: COMPILE_JAVA,
    run: `{java} ${JVM} -Xmx{heap}k -Xss16m @main-class`,
    tools: { javac: ['/usr/bin/javac'], java: ['/usr/bin/java'] },
    version: { command: ['{javac}', '-version'], pattern: /javac (\S+)/ },
    packages: ['default-jdk-headless'],
    etc: ['java-*'],
    memory: 'managed',
    school: true,
  },
  {
    id: 63,
    label: 'JavaScript',
    toolName: 'Node.js',
    sourceFile: 'script.js',
    run: '{node} script.js',
    tools: { node: ['/usr/bin/node', '/usr/local/bin/node', process.execPath] },
    version: { command: ['{node}', '--version'], pattern: /v(\S+)/ },
    packages: ['nodejs'],
    memory: 'managed',
    school: true,
  },
  {
    id: 78,
    label: 'Kotlin',
    sourceFile: 'Main.kt',
    compile: '{kotlinc} %s -include-runtime -d main.jar Main.kt',
    run: `{java} ${JVM} -Xmx{heap}k -jar main.jar`,
    artefact: 'main.jar',
    tools: { kotlinc: ['/usr/bin/kotlinc'], java: ['/usr/bin/java'] },
    version: { command: ['{kotlinc}', '-version'], pattern: /kotlinc-jvm (\S+)/ },
    packages: ['kotlin', 'default-jre-headless'],
    etc: ['java-*'],
    memory: 'managed',
    env: { JAVA_OPTS: '-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m' },
  },
  {
    id: 81,
    label: 'Scala',
    sourceFile: 'Main.scala',
    compile: '{scalac} %s Main.scala',
    run: '{scala} Main',
    tools: { scala: ['/usr/bin/scala'], scalac: ['/usr/bin/scalac'] },
    version: { command: ['{scala}', '-version'], pattern: /version (\S+)/ },
    packages: ['scala', 'default-jre-headless'],
    etc: ['java-*'],
    memory: 'managed',
    env: { JAVA_OPTS: '-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m' },
  },
  {
    id: 74,
    label: 'TypeScript',
    sourceFile: 'script.ts',
    compile: '{tsc} %s script.ts',
    run: '{node} script.js',
    artefact: 'script.js',
    tools: { node: ['/usr/bin/node', '/usr/local/bin/node', process.execPath], tsc: ['/usr/bin/tsc'] },
    version: { command: ['{tsc}', '--version'], pattern: /Version (\S+)/ },
    packages: ['node-typescript', 'nodejs'],
    memory: 'managed',
    school: true,
  },
];
