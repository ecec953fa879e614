import { readFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

interface Setting<T> {
  fallback: T;
  /** Returns the value or throws an Error whose message completes "NAME: …". */
  parse: (text: string) => T;
}

const text = (fallback: string): Setting<string> => ({ fallback, parse: (value) => value });

const words = (): Setting<string[]> => ({
  fallback: [],
  parse: (value) => value.split(/\s+/).filter(Boolean),
});

const number = (fallback: number, min: number, max: number, whole = true): Setting<number> => ({
  fallback,
  parse: (value) => {
    const parsed = Number(value);
    if (!Number.isFinite(parsed) || parsed < min || parsed > max || (whole && !Number.isInteger(parsed))) {
      throw new Error(`"${value}" is not a ${whole ? 'whole ' : ''}number from ${min} to ${max}`);
    }
    return parsed;
  },
});

const seconds = (fallback: number) => number(fallback, 0, 3600, false);

const flag = (fallback: boolean): Setting<boolean> => ({
  fallback,
  parse: (value) => {
    if (value !== 'true' && value !== 'false') throw new Error(`"${value}" is neither true nor false`);
    return value === 'true';
  },
});

const oneOf = <T extends string>(fallback: T, ...choices: T[]): Setting<T> => ({
  fallback,
  parse: (value) => {
    const found = choices.find((choice) => choice === value);
    if (!found) throw new Error(`"${value}" is not one of ${choices.join(', ')}`);
    return found;
  },
});

/** A Judge0 setting that this engine knows but never allows. */
const neverTrue = (): Setting<false> => ({
  fallback: false,
  parse: (value) => {
    if (value !== 'false') throw new Error('programs never get a network here; remove the setting');
    return false;
  },
});

/** Every setting: Judge0's own names first, then the engine's. Sizes in kB and times in seconds unless the name says otherwise. */
const TABLE = {
  PORT: number(2358, 0, 65535),
  HOST: text('127.0.0.1'),
  AUTHN_HEADER: text('X-Auth-Token'),
  AUTHN_TOKEN: words(),
  AUTHZ_HEADER: text('X-Auth-User'),
  AUTHZ_TOKEN: words(),
  ALLOW_ORIGIN: words(),
  DISALLOW_ORIGIN: words(),
  ALLOW_IP: words(),
  DISALLOW_IP: words(),
  MAINTENANCE_MODE: flag(false),
  MAINTENANCE_MESSAGE: text('Judge0 is currently in maintenance.'),
  ENABLE_WAIT_RESULT: flag(true),
  ENABLE_COMPILER_OPTIONS: flag(true),
  ALLOWED_LANGUAGES_FOR_COMPILER_OPTIONS: words(),
  ENABLE_COMMAND_LINE_ARGUMENTS: flag(true),
  ENABLE_SUBMISSION_DELETE: flag(false),
  ENABLE_CALLBACKS: flag(false),
  CALLBACKS_MAX_TRIES: number(3, 1, 10),
  CALLBACKS_TIMEOUT: seconds(5),
  ENABLE_ADDITIONAL_FILES: flag(true),
  MAX_EXTRACT_SIZE: number(10240, 0, 1048576),
  SUBMISSION_CACHE_DURATION: seconds(1),
  MAX_QUEUE_SIZE: number(100, 0, 100000),
  CPU_TIME_LIMIT: seconds(5),
  MAX_CPU_TIME_LIMIT: seconds(15),
  CPU_EXTRA_TIME: seconds(1),
  MAX_CPU_EXTRA_TIME: seconds(5),
  WALL_TIME_LIMIT: seconds(10),
  MAX_WALL_TIME_LIMIT: seconds(20),
  MEMORY_LIMIT: number(128000, 2048, 67108864),
  MAX_MEMORY_LIMIT: number(512000, 2048, 67108864),
  STACK_LIMIT: number(64000, 0, 67108864),
  MAX_STACK_LIMIT: number(128000, 0, 67108864),
  MAX_PROCESSES_AND_OR_THREADS: number(60, 1, 10000),
  MAX_MAX_PROCESSES_AND_OR_THREADS: number(120, 1, 10000),
  ENABLE_PER_PROCESS_AND_THREAD_TIME_LIMIT: flag(false),
  ALLOW_ENABLE_PER_PROCESS_AND_THREAD_TIME_LIMIT: flag(true),
  ENABLE_PER_PROCESS_AND_THREAD_MEMORY_LIMIT: flag(false),
  ALLOW_ENABLE_PER_PROCESS_AND_THREAD_MEMORY_LIMIT: flag(true),
  MAX_FILE_SIZE: number(1024, 0, 1048576),
  MAX_MAX_FILE_SIZE: number(4096, 0, 1048576),
  NUMBER_OF_RUNS: number(1, 1, 100),
  MAX_NUMBER_OF_RUNS: number(20, 1, 100),
  REDIRECT_STDERR_TO_STDOUT: flag(false),
  ENABLE_BATCHED_SUBMISSIONS: flag(true),
  MAX_SUBMISSION_BATCH_SIZE: number(20, 1, 10000),
  USE_DOCS_AS_HOMEPAGE: flag(false),
  ALLOW_ENABLE_NETWORK: neverTrue(),
  ENABLE_NETWORK: neverTrue(),

  LANGUAGES: words(),
  PRECOMPILED_HEADERS: flag(true),
  SLOTS: number(availableParallelism(), 1, 512),
  RUN_SLOTS: number(1, 0, 64),
  SLOT_BASE_UID: number(60000, 1000, 4000000000),
  SANDBOX_MODE: oneOf('auto', 'auto', 'cgroup-v1', 'cgroup-v2', 'helper'),
  INIT_HELPER: oneOf('auto', 'auto', 'off'),
  BUILD_REVISION: text('unknown'),
  WORK_DIR: text(join(tmpdir(), `judge0-engine-${process.getuid?.() ?? 0}`)),
  BOX_SIZE: number(65536, 1024, 16777216),
  COMPILE_CACHE_SIZE: number(262144, 0, 67108864),
  COMPILE_CPU_TIME_LIMIT: seconds(15),
  COMPILE_WALL_TIME_LIMIT: seconds(30),
  COMPILE_MEMORY_LIMIT: number(1048576, 65536, 67108864),
  RESULTS_MAX: number(5000, 10, 1000000),
  RESULTS_MAX_SIZE: number(65536, 1024, 16777216),
  RESULTS_MAX_AGE: number(3600, 10, 31536000),
  MAX_REQUEST_SIZE: number(16384, 64, 1048576),
  COMPAT_SIGNALS: oneOf('judge0', 'judge0', 'real'),
  CALLBACKS_ALLOW_PRIVATE: flag(false),
  LOG_LEVEL: oneOf('info', 'trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
} as const;

type Table = typeof TABLE;

/** Value of each setting under its environment name. */
export type Settings = { [K in keyof Table]: Table[K] extends Setting<infer T> ? T : never };

/** Says every bad setting at once, one a line. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads `NAME=value` lines of a judge0.conf: `#` starts a comment line, values may be quoted. */
export function parseConfFile(content: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of content.split('\n')) {
    const match = /^\s*(?:export\s+)?([A-Z0-9_]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (match?.[1]) values[match[1]] = (match[2] ?? '').replace(/^(["'])(.*)\1$/, '$2');
  }
  return values;
}

/**
 * Settings from the environment (NAME, or NAME_FILE for a file that holds it) over the file named by JUDGE0_CONF over
 * the defaults; empty means default.
 * @throws ConfigError naming every bad value
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const file = env.JUDGE0_CONF ? readConf(env.JUDGE0_CONF) : {};
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries<Setting<unknown>>(TABLE)) {
    try {
      const given = fromFile(name, env) || env[name] || file[name];
      settings[name] = given ? setting.parse(given) : setting.fallback;
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return settings as Settings;
}

/** What stands in the file that NAME_FILE names: for secrets, which then are in no environment. */
function fromFile(name: string, env: Record<string, string | undefined>): string {
  const path = env[`${name}_FILE`];
  if (!path) return '';
  if (env[name]) throw new Error(`is set twice: keep it or ${name}_FILE`);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new Error(`cannot read ${path} (${(error as Error).message})`, { cause: error });
  }
}

function readConf(path: string): Record<string, string> {
  try {
    return parseConfFile(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(`JUDGE0_CONF: cannot read ${path} (${(error as Error).message})`);
  }
}
