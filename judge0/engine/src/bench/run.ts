import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { send } from '../conformance/http-client.js';
import { SAMPLES } from '../languages/samples.js';
import { startEngineProcess } from '../testing/engine-process.js';

const [C, CPP, JAVA, NODE, PYTHON] = [50, 54, 62, 63, 71] as const;
const ROUNDS = 15;
const HEADERS_PATIENCE_MS = 180_000;
const CORES = availableParallelism();

/** How to run the same program without an engine: compile once, then the command. */
const BARE: Record<number, { file: string; compile?: string[]; run: string[] }> = {
  [PYTHON]: { file: 'script.py', run: ['/usr/bin/python3', 'script.py'] },
  [C]: { file: 'main.c', compile: ['gcc', 'main.c'], run: ['./a.out'] },
  [CPP]: { file: 'main.cpp', compile: ['g++', 'main.cpp'], run: ['./a.out'] },
  [JAVA]: { file: 'Main.java', compile: ['javac', 'Main.java'], run: ['java', 'Main'] },
  [NODE]: { file: 'script.js', run: [process.execPath, 'script.js'] },
};

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function spawned([command = '', ...args]: string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: 'ignore' });
    child.on('error', reject);
    child.once('exit', () => resolve());
  });
}

/** Writes the program and compiles it; returns the command that runs it. */
async function prepareBare(id: number, folder: string): Promise<string[]> {
  const program = BARE[id];
  if (!program) throw new Error(`no bare form of ${id}`);
  writeFileSync(join(folder, program.file), SAMPLES[id]?.hello ?? '');
  if (program.compile) await spawned(program.compile, folder);
  return program.run;
}

/** Runs jobs on all cores, as the engine's slots do. */
async function onAllCores(jobs: (() => Promise<unknown>)[]): Promise<void> {
  const queue = [...jobs];
  const worker = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) await job();
  };
  await Promise.all(Array.from({ length: CORES }, worker));
}

const submit = (url: string, path: string, body: object) =>
  send(url, { method: 'POST', path, contentType: 'application/json', body });

/**
 * Medians of the bare program and of wait=true, in turn, so that other load on the machine meets both; compiled
 * before, so that only the run and the engine are measured.
 */
async function hello(url: string, id: number, folder: string): Promise<{ bareMs: number; engineMs: number }> {
  const command = await prepareBare(id, folder);
  const body = { language_id: id, source_code: SAMPLES[id]?.hello, expected_output: 'hello' };
  const once = async () => {
    const { body: answer } = await submit(url, '/submissions?wait=true', body);
    const { status } = answer as { status?: { id: number } };
    if (status?.id !== 3) throw new Error(`language ${id}: ${JSON.stringify(answer)}`);
  };
  await once();
  const bares: number[] = [];
  const engines: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    bares.push(await timed(() => spawned(command, folder)));
    engines.push(await timed(once));
  }
  return { bareMs: median(bares), engineMs: median(engines) };
}

async function untilIdle(url: string): Promise<void> {
  for (;;) {
    const { body } = await send(url, { method: 'GET', path: '/workers' });
    const [worker] = body as { size: number; working: number }[];
    if (worker?.size === 0 && worker.working === 0) return;
    // The engine shares the cores with this program: each question costs them more than a millisecond.
    await sleep(50);
  }
}

/** Waits for the state in which an engine is all day but for the first minute after its first start. */
async function untilHeadersReady(url: string): Promise<void> {
  for (const deadline = Date.now() + HEADERS_PATIENCE_MS; Date.now() < deadline; await sleep(200)) {
    const { body } = await send(url, { method: 'GET', path: '/metrics' });
    if (/^engine_headers_pending 0$/m.test(String(body))) return;
  }
  console.log('No core was idle to precompile the headers: C++ compiles slower than it will.');
}

async function queued(url: string, submissions: object[]): Promise<number> {
  return timed(async () => {
    for (let start = 0; start < submissions.length; start += 20) {
      await submit(url, '/submissions/batch', { submissions: submissions.slice(start, start + 20) });
    }
    await untilIdle(url);
  });
}

/** 30 programs that no cache knows. */
function cppSources(): string[] {
  const salt = Date.now();
  return Array.from(
    { length: 30 },
    (_unused, n) => `#include <iostream>\nint main(){long a;std::cin>>a;std::cout<<a+${n}+${salt}-${salt};}`,
  );
}

/** 30 compiles and 300 runs without an engine, by the compiler as it is: nothing precompiled, nothing cached. */
async function bareMatrix(folder: string): Promise<number> {
  const sources = cppSources();
  return timed(async () => {
    await onAllCores(
      sources.map((source, n) => async () => {
        writeFileSync(join(folder, `m${n}.cpp`), source);
        await spawned(['g++', '-o', `m${n}`, `m${n}.cpp`], folder);
      }),
    );
    await onAllCores(
      sources.flatMap((_source, n) => Array.from({ length: 10 }, () => () => spawned([`./m${n}`], folder))),
    );
  });
}

function cppMatrix(): object[] {
  return cppSources().flatMap((text) =>
    Array.from({ length: 10 }, (_unused, test) => ({
      language_id: CPP,
      source_code: text,
      stdin: String(test),
    })),
  );
}

function residentMb(pid: number): number {
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
}

const ms = (value: number) => `${value.toFixed(1).padStart(8)} ms`;

async function benchmarks(url: string): Promise<void> {
  const folder = join(tmpdir(), `engine-bench-${process.pid}`);
  mkdirSync(folder);
  console.log(`${CORES} cores, load ${(loadavg()[0] ?? 0).toFixed(1)}, medians of ${ROUNDS}\n`);
  console.log('hello world          bare     wait=true   ratio');
  const languages = [
    [PYTHON, 'Python'],
    [C, 'C'],
    [CPP, 'C++'],
    [JAVA, 'Java'],
    [NODE, 'JavaScript'],
  ] as const;
  for (const [id, name] of languages) {
    const { bareMs, engineMs } = await hello(url, id, folder);
    console.log(`${name.padEnd(12)} ${ms(bareMs)} ${ms(engineMs)}   ${(engineMs / bareMs).toFixed(2)} ×`);
  }

  const command = await prepareBare(PYTHON, folder);
  const bareRate =
    200_000 /
    (await timed(() => onAllCores(Array.from({ length: 200 }, () => () => spawned(command, folder)))));
  const python = { language_id: PYTHON, source_code: SAMPLES[PYTHON]?.hello };
  const rate =
    200_000 /
    (await queued(
      url,
      Array.from({ length: 200 }, () => python),
    ));
  console.log(`\n200 queued Python: ${rate.toFixed(1)}/s, bare: ${bareRate.toFixed(1)}/s`);

  const bareMs = await bareMatrix(folder);
  const matrixMs = await queued(url, cppMatrix());
  const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`;
  const ratio = (matrixMs / bareMs).toFixed(2);
  console.log(`30 C++ sources × 10 tests: ${seconds(matrixMs)}, bare: ${seconds(bareMs)}, ratio ${ratio}`);
  rmSync(folder, { recursive: true });
}

async function soak(url: string, pid: number, count: number): Promise<void> {
  console.log(`\n${count} submissions, memory of the engine:`);
  for (let done = 0; done < count; done += 500) {
    const part = Array.from({ length: Math.min(500, count - done) }, (_unused, index) => ({
      language_id: 46,
      source_code: `echo ${done + index}`,
    }));
    await queued(url, part);
    if ((done / 500) % 4 === 3)
      console.log(`  after ${String(done + part.length).padStart(6)}: ${residentMb(pid)} MB`);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { soak: { type: 'string', default: '0' } } });
  const engine = await startEngineProcess({
    MAX_QUEUE_SIZE: '2000',
    RESULTS_MAX: '1000',
    SLOTS: String(CORES),
  });
  try {
    await untilHeadersReady(engine.url);
    if (values.soak === '0') await benchmarks(engine.url);
    else await soak(engine.url, engine.pid, Number(values.soak));
    console.log(`engine memory at the end: ${residentMb(engine.pid)} MB`);
  } finally {
    await engine.stop();
  }
}

void main();
