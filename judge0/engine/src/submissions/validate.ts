import type { Settings } from '../config.js';
import type { LanguageCatalog } from '../languages/catalog.js';
import { type Parameters, toBoolean, toInteger, toNumber, toText } from './parameters.js';
import { decodeRubyBase64 } from './ruby-base64.js';
import type { SubmissionRequest } from './submission.js';

/** Judge0's id of the language whose program is a zip with its own compile and run scripts. */
export const MULTI_FILE = 89;

const MAX_ARGUMENTS = 512;

/** Messages by field, as Rails answers them with 422. */
export type FieldErrors = Record<string, string[]>;

export type Validated = { request: SubmissionRequest; errors: null } | { request: null; errors: FieldErrors };

interface NumberRule {
  field: string;
  key:
    | 'cpuTimeLimit'
    | 'cpuExtraTime'
    | 'wallTimeLimit'
    | 'memoryLimit'
    | 'stackLimit'
    | 'maxProcessesAndOrThreads'
    | 'maxFileSize'
    | 'numberOfRuns';
  fallback: number;
  max: number;
  /** Smallest value and how its message puts it. */
  min: number;
  minWords: string;
  whole: boolean;
}

function numberRules(settings: Settings): NumberRule[] {
  const rule = (
    field: string,
    key: NumberRule['key'],
    fallback: number,
    max: number,
    min: number,
    whole: boolean,
  ) => ({
    field,
    key,
    fallback,
    max,
    min,
    minWords: `must be greater than or equal to ${min}`,
    whole,
  });
  const positive = { min: Number.MIN_VALUE, minWords: 'must be greater than 0' };
  const s = settings;
  return [
    {
      ...rule('number_of_runs', 'numberOfRuns', s.NUMBER_OF_RUNS, s.MAX_NUMBER_OF_RUNS, 1, true),
      ...positive,
    },
    rule('cpu_time_limit', 'cpuTimeLimit', s.CPU_TIME_LIMIT, s.MAX_CPU_TIME_LIMIT, 0, false),
    rule('cpu_extra_time', 'cpuExtraTime', s.CPU_EXTRA_TIME, s.MAX_CPU_EXTRA_TIME, 0, false),
    rule('wall_time_limit', 'wallTimeLimit', s.WALL_TIME_LIMIT, s.MAX_WALL_TIME_LIMIT, 1, false),
    rule('memory_limit', 'memoryLimit', s.MEMORY_LIMIT, s.MAX_MEMORY_LIMIT, 2048, true),
    rule('stack_limit', 'stackLimit', s.STACK_LIMIT, s.MAX_STACK_LIMIT, 0, true),
    {
      ...rule(
        'max_processes_and_or_threads',
        'maxProcessesAndOrThreads',
        s.MAX_PROCESSES_AND_OR_THREADS,
        s.MAX_MAX_PROCESSES_AND_OR_THREADS,
        1,
        true,
      ),
      ...positive,
    },
    rule('max_file_size', 'maxFileSize', s.MAX_FILE_SIZE, s.MAX_MAX_FILE_SIZE, 0, true),
  ];
}

/** Checks one submission as Judge0 v1.13.1 does and fills in the defaults. */
export function validateSubmission(
  input: Parameters,
  base64: boolean,
  settings: Settings,
  catalog: LanguageCatalog,
): Validated {
  const errors: FieldErrors = {};
  const fail = (field: string, message: string) => (errors[field] ??= []).push(message);
  const bytes = (field: string) => {
    const text = toText(input[field]);
    if (text === null) return null;
    return base64 ? decodeRubyBase64(text) : Buffer.from(text, 'utf8');
  };
  const languageId = toInteger(input.language_id);
  const additional = toText(input.additional_files);
  const request: SubmissionRequest = {
    sourceCode: bytes('source_code'),
    languageId: languageId ?? 0,
    stdin: bytes('stdin'),
    expectedOutput: bytes('expected_output'),
    compilerOptions: toText(input.compiler_options),
    commandLineArguments: toText(input.command_line_arguments),
    redirectStderrToStdout: toBoolean(input.redirect_stderr_to_stdout, settings.REDIRECT_STDERR_TO_STDOUT),
    perProcessTimeLimit: toBoolean(
      input.enable_per_process_and_thread_time_limit,
      settings.ENABLE_PER_PROCESS_AND_THREAD_TIME_LIMIT,
    ),
    perProcessMemoryLimit: toBoolean(
      input.enable_per_process_and_thread_memory_limit,
      settings.ENABLE_PER_PROCESS_AND_THREAD_MEMORY_LIMIT,
    ),
    enableNetwork: toBoolean(input.enable_network, settings.ENABLE_NETWORK),
    callbackUrl: toText(input.callback_url),
    additionalFiles: additional ? decodeRubyBase64(additional) : null,
    ...checkNumbers(input, settings, fail),
    idleTimeLimit: idleLimitOf(input.idle_time_limit, settings, fail),
    lane: input.lane === 'run' ? 'run' : 'ordinary',
    group: groupOf(input.group, fail),
  };
  checkTexts(request, fail);
  checkLanguage(languageId, catalog, fail);
  checkAllowed(request, settings, catalog, fail);
  return Object.keys(errors).length > 0 ? { request: null, errors } : { request, errors: null };
}

type Fail = (field: string, message: string) => void;

function checkNumbers(input: Parameters, settings: Settings, fail: Fail): Record<NumberRule['key'], number> {
  const values: Partial<Record<NumberRule['key'], number>> = {};
  for (const rule of numberRules(settings)) {
    const given = input[rule.field];
    const missing = given === null || given === undefined;
    const value = missing ? rule.fallback : toNumber(given);
    const limit = rule.whole ? String(rule.max) : formatDecimal(rule.max);
    if (Number.isNaN(value)) fail(rule.field, 'is not a number');
    else if (value < rule.min) fail(rule.field, rule.minWords);
    else if (value > rule.max) fail(rule.field, `must be less than or equal to ${limit}`);
    values[rule.key] = rule.whole ? Math.trunc(value) : value;
  }
  return values as Record<NumberRule['key'], number>;
}

function idleLimitOf(given: unknown, settings: Settings, fail: Fail): number | null {
  if (given === null || given === undefined) return null;
  const value = toNumber(given);
  if (Number.isNaN(value)) fail('idle_time_limit', 'is not a number');
  else if (value < 1) fail('idle_time_limit', 'must be greater than or equal to 1');
  return Math.min(value, settings.MAX_WALL_TIME_LIMIT);
}

function groupOf(given: unknown, fail: Fail): string | null {
  const group = toText(given);
  if (group !== null && !/^[A-Za-z0-9_-]{1,100}$/.test(group)) fail('group', 'is invalid');
  return group;
}

function formatDecimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

function isBlank(data: Buffer | null): boolean {
  return data === null || data.toString('utf8').trim() === '';
}

function checkTexts(request: SubmissionRequest, fail: Fail): void {
  const multiFile = request.languageId === MULTI_FILE;
  if (!multiFile && isBlank(request.sourceCode)) fail('source_code', "can't be blank");
  if (multiFile && !isBlank(request.sourceCode)) fail('source_code', 'must be blank');
  if (multiFile && !request.additionalFiles?.length) fail('additional_files', "can't be blank");
  const tooLong = `is too long (maximum is ${MAX_ARGUMENTS} characters)`;
  if ((request.compilerOptions?.length ?? 0) > MAX_ARGUMENTS) fail('compiler_options', tooLong);
  if ((request.commandLineArguments?.length ?? 0) > MAX_ARGUMENTS) fail('command_line_arguments', tooLong);
}

function checkLanguage(id: number | null, catalog: LanguageCatalog, fail: Fail): void {
  if (id === null) fail('language_id', "can't be blank");
  const language = id === null ? null : catalog.find(id);
  if (language?.installed) return;
  if (language) {
    const packages = language.spec.packages.join(', ');
    fail('language_id', `language with id ${id} is not installed here (Debian packages: ${packages})`);
  } else if (id !== null && catalog.isArchived(id)) {
    fail('language_id', `language with id ${id} is archived and cannot be used anymore`);
  } else {
    fail('language_id', `language with id ${id ?? ''} doesn't exist`);
  }
}

function checkAllowed(
  request: SubmissionRequest,
  settings: Settings,
  catalog: LanguageCatalog,
  fail: Fail,
): void {
  if (request.compilerOptions) checkCompilerOptions(request, settings, catalog, fail);
  if (request.commandLineArguments && !settings.ENABLE_COMMAND_LINE_ARGUMENTS) {
    fail('command_line_arguments', 'setting command line arguments is not allowed');
  }
  if (request.callbackUrl && !settings.ENABLE_CALLBACKS)
    fail('callback_url', 'setting callback is not allowed');
  if (request.additionalFiles && !settings.ENABLE_ADDITIONAL_FILES) {
    fail('additional_files', 'setting additional files is not allowed');
  }
  if (request.enableNetwork) fail('enable_network', 'enabling network is not allowed');
  const cannot = 'this option cannot be enabled';
  if (request.perProcessTimeLimit && !settings.ALLOW_ENABLE_PER_PROCESS_AND_THREAD_TIME_LIMIT) {
    fail('enable_per_process_and_thread_time_limit', cannot);
  }
  if (request.perProcessMemoryLimit && !settings.ALLOW_ENABLE_PER_PROCESS_AND_THREAD_MEMORY_LIMIT) {
    fail('enable_per_process_and_thread_memory_limit', cannot);
  }
}

function checkCompilerOptions(
  request: SubmissionRequest,
  settings: Settings,
  catalog: LanguageCatalog,
  fail: Fail,
): void {
  const allowed = settings.ALLOWED_LANGUAGES_FOR_COMPILER_OPTIONS;
  const language = catalog.find(request.languageId);
  if (!settings.ENABLE_COMPILER_OPTIONS) {
    fail('compiler_options', 'setting compiler options is not allowed');
  } else if (language && !language.spec.compile) {
    fail('compiler_options', 'setting compiler options is only allowed for compiled languages');
  } else if (language && allowed.length > 0 && !allowed.includes(language.spec.label)) {
    const names =
      allowed.length > 1
        ? `${allowed.slice(0, -1).join(', ')} and ${allowed[allowed.length - 1]}`
        : allowed[0];
    fail('compiler_options', `setting compiler options is only allowed for ${names}`);
  }
}
