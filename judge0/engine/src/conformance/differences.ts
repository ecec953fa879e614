/** One difference to Judge0 v1.13.1 that is kept on purpose. */
export interface Difference {
  /** As judge0/README.md names it. */
  title: string;
  why: string;
  /** Where the code makes it. */
  madeIn: string;
  /** Whether this difference explains what a recorded call showed; `at` is the path inside the answer. */
  explains: (call: string, at: string) => boolean;
}

const never = () => false;

/** Every deliberate difference; the conformance suite forgives exactly these. */
export const DIFFERENCES: Difference[] = [
  {
    title: 'UTF-8 text without base64',
    why: 'Judge0 refuses every non-ASCII byte; here text is refused only when it is not UTF-8',
    madeIn: 'submissions/serialize.ts',
    explains: (call, at) => /unicode|compile_error|compile_warning/.test(call) && /^(plain|body)/.test(at),
  },
  {
    title: 'Languages of this machine',
    why: 'names carry the true version of what is installed, commands its paths, and what is missing says how to get it',
    madeIn: 'languages/detect.ts, languages/routes.ts',
    explains: (call, at) =>
      /^GET \/languages($|\/all)/.test(call) ||
      (/language/.test(at) && /name/.test(at)) ||
      (call === 'maintenance get' && at === 'body.name') ||
      /_cmd$/.test(at),
  },
  {
    title: 'No network, ever',
    why: 'enable_network is refused and ALLOW_ENABLE_NETWORK=true is no setting; the loopback device is up, so a connection to it is refused instead of unreachable; the counters in /proc/net cannot be read, since programs could signal by them',
    madeIn: 'config.ts, submissions/validate.ts',
    explains: (call, at) => at === 'body.allow_enable_network' || call === 'network_off',
  },
  {
    title: 'More fields',
    why: 'limit_hint tells memory_limit_exceeded, output_limit_exceeded or cancelled, for which Judge0 has no status; config_info tells about the engine; idle_time_limit ends a program that only waits, lane "run" has places of its own, DELETE /submissions/groups/:group ends what was sent with that group',
    madeIn:
      'submissions/serialize.ts, execution/verdict.ts, execution/slots.ts, sandbox/idle-watch.ts, submissions/groups.ts, system/config-info.ts',
    explains: (_call, at) => /(^|\.)(limit_hint|engine)$/.test(at),
  },
  {
    title: 'Compile time limit told plainly',
    why: 'Judge0 kills the compiler proper and shows gcc’s complaint about it; here the message is always "Compilation time limit exceeded."',
    madeIn: 'execution/compile-step.ts',
    explains: (call, at) => call === 'cpp_compile_timeout' && at === 'compile_output',
  },
  {
    title: 'Real signals on request',
    why: 'with COMPAT_SIGNALS=real a signal gives its own status (7–10, 12) and exit_signal; the default is Judge0’s NZEC with 128 + n',
    madeIn: 'execution/verdict.ts',
    explains: never,
  },
  {
    title: 'wait=true answers at once',
    why: 'the answer is sent when the verdict is there, and the run goes through the same queue and slots as every other',
    madeIn: 'submissions/service.ts',
    explains: never,
  },
  {
    title: 'No answer cache',
    why: 'GET /submissions/:token always tells the present state; SUBMISSION_CACHE_DURATION is only reported',
    madeIn: 'submissions/routes.ts',
    explains: never,
  },
  {
    title: 'Private /dev/shm, /tmp and /etc',
    why: 'nothing is shared between runs and nothing of the machine’s accounts is visible',
    madeIn: 'sandbox/bubblewrap.ts, sandbox/system-view.ts',
    explains: never,
  },
  {
    title: 'Control groups are never given up',
    why: 'the two per-process flags are accepted and echoed, but CPU and memory are held for all processes together',
    madeIn: 'execution/judge.ts',
    explains: never,
  },
  {
    title: 'Out of memory',
    why: 'the whole run is ended at once, save under cgroup v2, so no shell and no gcc is left to write "Killed"; status, message and exit code are as ever',
    madeIn: 'sandbox/sandbox.ts, execution/compile-step.ts',
    explains: (call, at) => /_memory_hog$|_bomb_include$/.test(call) && /^(stderr|compile_output)$/.test(at),
  },
  {
    title: 'Callbacks do not block and do not reach inside',
    why: 'delivered beside the slots, to public addresses only, redirects not followed; tried CALLBACKS_MAX_TRIES times in all',
    madeIn: 'callbacks/callbacks.ts',
    explains: never,
  },
  {
    title: 'Output that is held back is told',
    why: 'what a native program had in its buffer when it was ended or crashed is in stdout, by a library that is preloaded into it',
    madeIn: '../native/judge-flush.c, sandbox/bubblewrap.ts',
    explains: never,
  },
  {
    title: 'Java’s file and class are found',
    why: 'a package line and a public class of any name run, and the class with main is started',
    madeIn: 'languages/managed-languages.ts',
    explains: never,
  },
  {
    title: 'Submissions live in memory',
    why: 'a restart forgets them (404), the oldest finished ones go first; /statistics counts since the start, without a database',
    madeIn: 'submissions/store.ts, system/statistics.ts',
    explains: (call, at) => call.startsWith('GET /statistics') && at.startsWith('body'),
  },
  {
    title: 'Own pages',
    why: '/docs, /about, /license and /isolate describe this engine',
    madeIn: 'system/routes.ts, system/docs-page.ts',
    explains: (call, at) => /docs/.test(call) && (at === 'body' || at === 'content_type'),
  },
];
