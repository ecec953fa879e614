import type { LanguageCatalog } from '../languages/catalog.js';
import { encodeRubyBase64 } from './ruby-base64.js';
import { statusOf } from './status.js';
import type { Submission } from './submission.js';

type Json = string | number | boolean | null | object;

/** A text column holds bytes, which the caller gets as base64 or, if they are UTF-8, as they are. */
type Column = { text: (s: Submission) => Buffer | null } | { value: (s: Submission) => Json };

/** The seconds of Judge0's decimal columns: a string with at least one and at most three digits after the point. */
export function formatSeconds(seconds: number | null): string | null {
  if (seconds === null) return null;
  const text = seconds.toFixed(3).replace(/0{1,2}$/, '');
  return text;
}

const messageBytes = (s: Submission) => (s.result.message === null ? null : Buffer.from(s.result.message));

/** All columns in Judge0's order; status, language and limit_hint are no columns there but fields all the same. */
const COLUMNS: Record<string, Column> = {
  source_code: { text: (s) => s.request.sourceCode },
  language_id: { value: (s) => s.request.languageId },
  stdin: { text: (s) => s.request.stdin },
  expected_output: { text: (s) => s.request.expectedOutput },
  stdout: { text: (s) => s.result.stdout },
  status_id: { value: (s) => s.result.statusId },
  created_at: { value: (s) => s.createdAt.toISOString() },
  finished_at: { value: (s) => s.finishedAt?.toISOString() ?? null },
  time: { value: (s) => formatSeconds(s.result.time) },
  memory: { value: (s) => s.result.memory },
  stderr: { text: (s) => s.result.stderr },
  token: { value: (s) => s.token },
  number_of_runs: { value: (s) => s.request.numberOfRuns },
  cpu_time_limit: { value: (s) => formatSeconds(s.request.cpuTimeLimit) },
  cpu_extra_time: { value: (s) => formatSeconds(s.request.cpuExtraTime) },
  wall_time_limit: { value: (s) => formatSeconds(s.request.wallTimeLimit) },
  memory_limit: { value: (s) => s.request.memoryLimit },
  stack_limit: { value: (s) => s.request.stackLimit },
  max_processes_and_or_threads: { value: (s) => s.request.maxProcessesAndOrThreads },
  enable_per_process_and_thread_time_limit: { value: (s) => s.request.perProcessTimeLimit },
  enable_per_process_and_thread_memory_limit: { value: (s) => s.request.perProcessMemoryLimit },
  max_file_size: { value: (s) => s.request.maxFileSize },
  compile_output: { text: (s) => s.result.compileOutput },
  exit_code: { value: (s) => s.result.exitCode },
  exit_signal: { value: (s) => s.result.exitSignal },
  message: { text: messageBytes },
  wall_time: { value: (s) => formatSeconds(s.result.wallTime) },
  compiler_options: { value: (s) => s.request.compilerOptions },
  command_line_arguments: { value: (s) => s.request.commandLineArguments },
  redirect_stderr_to_stdout: { value: (s) => s.request.redirectStderrToStdout },
  callback_url: { value: (s) => s.request.callbackUrl },
  additional_files: {
    value: (s) => (s.request.additionalFiles ? encodeRubyBase64(s.request.additionalFiles) : null),
  },
  enable_network: { value: (s) => s.request.enableNetwork },
  status: { value: (s) => statusOf(s.result.statusId) },
  language: { value: (s) => ({ id: s.request.languageId, name: null }) },
  limit_hint: { value: (s) => s.result.limitHint },
};

const ALL_FIELDS = Object.keys(COLUMNS);
const DEFAULT_FIELDS = ['stdout', 'time', 'memory', 'stderr', 'token', 'compile_output', 'message', 'status'];

/** The fields of a `fields=` query value, or those that do not exist. */
export function parseFields(value: string | undefined): { fields: string[]; invalid: string[] } {
  if (!value?.trim()) return { fields: DEFAULT_FIELDS, invalid: [] };
  const asked = value.split(',').map((name) => name.trim());
  if (asked.includes('*')) return { fields: ALL_FIELDS, invalid: [] };
  const invalid = asked.filter((name) => !(name in COLUMNS));
  return { fields: ALL_FIELDS.filter((name) => asked.includes(name)), invalid };
}

/** A text field of this submission is not UTF-8 and the caller did not ask for base64. */
export class NotUtf8Error extends Error {
  override name = 'NotUtf8Error';
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * One submission as an answer carries it.
 * @throws NotUtf8Error when a wanted text is not UTF-8 and base64 is off
 */
export function serializeSubmission(
  submission: Submission,
  fields: string[],
  base64: boolean,
  catalog: LanguageCatalog,
): Record<string, Json> {
  const answer: Record<string, Json> = {};
  for (const field of fields) {
    const column = COLUMNS[field];
    if (!column) continue;
    answer[field] = 'text' in column ? writeText(column.text(submission), base64) : column.value(submission);
  }
  if ('language' in answer) {
    const id = submission.request.languageId;
    answer.language = { id, name: catalog.nameOf(id) };
  }
  return answer;
}

/** What a callback receives: the default fields, always base64. */
export function callbackBody(submission: Submission, catalog: LanguageCatalog): string {
  return JSON.stringify(serializeSubmission(submission, DEFAULT_FIELDS, true, catalog));
}

function writeText(data: Buffer | null, base64: boolean): string | null {
  if (data === null) return null;
  if (base64) return encodeRubyBase64(data);
  try {
    return utf8.decode(data);
  } catch {
    throw new NotUtf8Error('not UTF-8');
  }
}
