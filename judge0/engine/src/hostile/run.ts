import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { newBase, startEngineProcess } from '../testing/engine-process.js';
import { send } from '../conformance/http-client.js';
import { type Channel, HEAR_INPUT, channelSource, hasHeard, randomSecret, sayInput } from './channel.js';
import { CHANNELS } from './channel-programs.js';
import { FILE_PROGRAMS } from './file-programs.js';
import { type HostState, lookAtHost } from './host-watch.js';
import { type HostileProgram, LANG } from './hostile-program.js';
import { KERNEL_PROGRAMS } from './kernel-programs.js';
import { RESOURCE_PROGRAMS } from './resource-programs.js';
import { SPYING_PROGRAMS } from './spying-programs.js';

/** Stands in files and environment of the machine; no program may ever show it. */
let canary = `CANARY-${Math.random().toString(36).slice(2)}`;
/** How much the engine may keep of one run, in kB: JavaScript's heap breathes. */
const RSS_SLACK_KB = 120_000;
const SLOTS = 2;
/** Of this run alone, as processes are counted by it. */
const FIRST_UID = 100_000 + (process.pid % 100_000) * 2 * SLOTS;

interface Target {
  url: string;
  headers: Record<string, string>;
  /** Absent for an engine on another machine. */
  look?: () => HostState;
}

type Texts = Record<'stdout' | 'stderr' | 'compile_output' | 'message', string>;

interface Verdict extends Texts {
  statusId: number;
  hint: string | null;
}

async function judge(target: Target, program: HostileProgram): Promise<Verdict> {
  const port = new URL(target.url).port;
  const source = program.source?.replace('ENGINE_PORT', port) ?? null;
  const { http, body } = await send(target.url, {
    method: 'POST',
    path: '/submissions?wait=true&base64_encoded=true&fields=*',
    headers: target.headers,
    contentType: 'application/json',
    body: {
      ...(source === null ? {} : { source_code: Buffer.from(source).toString('base64') }),
      language_id: program.language,
      ...program.fields,
    },
  });
  const answer = body as Record<string, string | number | null>;
  if (http !== 201) throw new Error(`${http} ${JSON.stringify(body)}`);
  const text = (name: string) => Buffer.from(String(answer[name] ?? ''), 'base64').toString('utf8');
  return {
    statusId: Number(answer.status_id),
    hint: answer.limit_hint as string | null,
    stdout: text('stdout'),
    stderr: text('stderr'),
    compile_output: text('compile_output'),
    message: text('message'),
  };
}

/** What is wrong with a verdict; empty when all is well. */
function problemsOf({ expect }: HostileProgram, verdict: Verdict): string[] {
  const { statusId, stdout, hint } = verdict;
  const problems: string[] = [];
  const all = verdict.stdout + verdict.stderr + verdict.compile_output + verdict.message;
  if (!expect.status.includes(statusId))
    problems.push(`status ${statusId}, not ${expect.status.join(' or ')}`);
  if (expect.stdout && !expect.stdout.test(stdout))
    problems.push(`stdout is ${JSON.stringify(stdout.slice(0, 200))}`);
  if (expect.never?.test(all)) problems.push(`it shows ${JSON.stringify(expect.never.exec(all)?.[0])}`);
  if (expect.hint && hint !== expect.hint) problems.push(`the hint is ${hint}`);
  if (all.includes(canary)) problems.push('it shows the canary');
  return problems.length > 0
    ? [...problems, verdict.message, verdict.stderr.slice(0, 300), verdict.compile_output.slice(0, 300)]
    : [];
}

const NORMAL: HostileProgram = {
  name: 'a normal program',
  language: LANG.python,
  source: 'print(sum(range(1000)))',
  fields: { expected_output: Buffer.from('499500').toString('base64') },
  expect: { status: [3] },
};

async function leftovers(look: () => HostState, before: HostState): Promise<string[]> {
  let now = look();
  // The kernel takes a moment to bury what was killed.
  for (
    let wait = 0;
    wait < 40 && (now.processes > 0 || now.groups > 0 || now.descriptors > before.descriptors);
    wait++
  ) {
    await sleep(50);
    now = look();
  }
  const problems: string[] = [];
  if (now.processes > 0) problems.push(`${now.processes} processes are left`);
  if (now.groups > 0) problems.push(`${now.groups} control groups are left`);
  if (now.files > 0) problems.push(`${now.files} files are left`);
  if (now.descriptors > before.descriptors + 3)
    problems.push(`${now.descriptors - before.descriptors} descriptors are left open`);
  if (now.rssKb > before.rssKb + RSS_SLACK_KB)
    problems.push(`the engine grew by ${now.rssKb - before.rssKb} kB`);
  return problems;
}

/** What is wrong with two programs at the same time; empty when nothing got from one to the other. */
async function problemsOfPair(target: Target, channel: Channel): Promise<string[]> {
  const secret = randomSecret(channel);
  const part = (input: string): HostileProgram => ({
    name: channel.name,
    language: LANG.c,
    source: channelSource(channel),
    fields: { stdin: Buffer.from(input).toString('base64'), wall_time_limit: 15 },
    expect: { status: [3] },
  });
  const [said, heard] = await Promise.all(
    [sayInput(secret), HEAR_INPUT].map((input) => judge(target, part(input))),
  );
  if (!said || !heard) throw new Error('a part is absent');
  return [
    ...problemsOf(part(''), said).map((problem) => `the sender: ${problem}`),
    ...problemsOf(part(''), heard).map((problem) => `the listener: ${problem}`),
    ...(hasHeard(heard.stdout, secret) ? [`the listener heard ${secret}`] : []),
  ];
}

/** What is to be run in turn, each followed by a normal program. */
function trialsOf(target: Target, only: string): { name: string; run: () => Promise<string[]> }[] {
  const programs = [...RESOURCE_PROGRAMS, ...FILE_PROGRAMS, ...SPYING_PROGRAMS, ...KERNEL_PROGRAMS].map(
    (program) => ({
      name: program.name,
      run: async () => problemsOf(program, await judge(target, program)),
    }),
  );
  const pairs = CHANNELS.map((channel) => ({
    name: `pair: ${channel.name}`,
    run: () => problemsOfPair(target, channel),
  }));
  return [...programs, ...pairs].filter(({ name }) => name.includes(only));
}

async function runAll(target: Target, only: string): Promise<number> {
  await judge(target, NORMAL);
  const before = target.look?.();
  const trials = trialsOf(target, only);
  let failed = 0;
  for (const { name, run } of trials) {
    const problems = await run();
    problems.push(
      ...problemsOf(NORMAL, await judge(target, NORMAL)).map((problem) => `the next program: ${problem}`),
    );
    if (target.look && before) problems.push(...(await leftovers(target.look, before)));
    console.log(`${problems.length > 0 ? 'FAILED' : 'held  '}  ${name}`);
    for (const problem of problems.filter(Boolean))
      console.log(`    ${problem.trim().replaceAll('\n', '\n    ')}`);
    if (problems.length > 0) failed++;
  }
  console.log(`\n${trials.length - failed} held, ${failed} failed`);
  return failed;
}

/** An engine in a process of its own, so that its memory and descriptors are only its own. */
async function withEngine(mode: string, use: (target: Target) => Promise<void>): Promise<void> {
  const base = newBase();
  writeFileSync(join(base, 'secret'), canary, { mode: 0o644 });
  const settings = {
    SLOTS: String(SLOTS),
    SANDBOX_MODE: mode,
    SLOT_BASE_UID: String(FIRST_UID),
    LANGUAGES: Object.values(LANG).join(' '),
    // Its compiler would count as a process that is left.
    PRECOMPILED_HEADERS: 'false',
  };
  const engine = await startEngineProcess({ ...settings, HOSTILE_CANARY: canary }, base);
  const uids =
    process.getuid?.() === 0 ? Array.from({ length: 2 * SLOTS }, (_unused, index) => FIRST_UID + index) : [];
  try {
    await use({ url: engine.url, headers: {}, look: () => lookAtHost(engine.pid, engine.workDir, uids) });
  } finally {
    await engine.stop();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      token: { type: 'string' },
      only: { type: 'string', default: '' },
      mode: { type: 'string', default: 'auto' },
      // Of an engine behind --url whose processes and files are visible here, as those of a container are to root.
      pid: { type: 'string' },
      'work-dir': { type: 'string' },
      canary: { type: 'string', default: canary },
    },
  });
  const run = async (target: Target) => {
    process.exitCode = (await runAll(target, values.only)) > 0 ? 1 : 0;
  };
  canary = values.canary;
  const { url, token, pid, 'work-dir': workDir } = values;
  const look = pid && workDir ? () => lookAtHost(Number(pid), workDir, []) : undefined;
  if (url) await run({ url, headers: token ? { 'X-Auth-Token': token } : {}, look });
  else await withEngine(values.mode, run);
}

void main();
