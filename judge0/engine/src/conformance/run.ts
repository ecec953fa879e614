import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readSettings } from '../config.js';
import { createEngine } from '../engine.js';
import { createLogger } from '../logger.js';
import { PACKAGE_ROOT } from '../package-root.js';
import { replayCallbacks } from './callback.js';
import type { Finding } from './compare-answers.js';
import { parseAssignments, readCalls, replayCalls } from './contract.js';
import { type Target, replayPrograms } from './programs.js';

/** What "everything disallowed" meant when it was recorded. */
const DISALLOWED =
  'ENABLE_WAIT_RESULT=false ENABLE_BATCHED_SUBMISSIONS=false ENABLE_COMPILER_OPTIONS=false ' +
  'ENABLE_COMMAND_LINE_ARGUMENTS=false ENABLE_CALLBACKS=false ENABLE_ADDITIONAL_FILES=false ' +
  'ALLOW_ENABLE_PER_PROCESS_AND_THREAD_TIME_LIMIT=false ALLOW_ENABLE_PER_PROCESS_AND_THREAD_MEMORY_LIMIT=false';

/** The settings of the recording, where they are not Judge0's defaults. */
const RECORDED = {
  AUTHZ_TOKEN: 'authz',
  MAX_QUEUE_SIZE: '1000',
  ENABLE_SUBMISSION_DELETE: 'true',
  ENABLE_CALLBACKS: 'true',
  CALLBACKS_ALLOW_PRIVATE: 'true',
};

interface Tally {
  same: number;
  explained: Map<string, number>;
  unexplained: Finding[];
}

const tally: Tally = { same: 0, explained: new Map(), unexplained: [] };

async function count(results: AsyncIterable<{ name: string; findings: Finding[] }>): Promise<void> {
  for await (const { name, findings } of results) {
    const open = findings.filter(({ explainedBy }) => explainedBy === null);
    if (findings.length === 0) tally.same++;
    for (const { explainedBy } of findings) {
      if (explainedBy) tally.explained.set(explainedBy, (tally.explained.get(explainedBy) ?? 0) + 1);
    }
    tally.unexplained.push(...open);
    const mark = open.length > 0 ? 'DIFFERS ' : findings.length > 0 ? 'explained' : 'same    ';
    console.log(`${mark}  ${name}`);
    for (const { at, expected, actual } of open) {
      console.log(`    ${at}\n      judge0: ${short(expected)}\n      here:   ${short(actual)}`);
    }
  }
}

const short = (value: unknown) => (JSON.stringify(value) ?? 'undefined').slice(0, 300);

async function withEngine(
  env: Record<string, string>,
  use: (target: Target) => Promise<void>,
): Promise<void> {
  const base = mkdtempSync(join(tmpdir(), 'engine-conformance-'));
  chmodSync(base, 0o711);
  const settings = readSettings({ LOG_LEVEL: 'error', WORK_DIR: join(base, 'work'), ...env });
  const engine = await createEngine(settings, createLogger(settings.LOG_LEVEL));
  const server = engine.app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, headers: {} });
  } finally {
    server.close();
    server.closeAllConnections();
    await engine.close(10_000);
    rmSync(base, { recursive: true, force: true });
  }
}

/** Engines under the settings of each recorded group, one after the other. */
async function replaySettings(golden: string): Promise<void> {
  const calls = readCalls(join(golden, 'http-contract-settings.json'));
  for (const group of new Set(calls.map(({ settings }) => settings ?? ''))) {
    const env =
      group === 'everything disallowed'
        ? { ENABLE_SUBMISSION_DELETE: 'true', ...parseAssignments(DISALLOWED) }
        : {
            AUTHZ_TOKEN: 'authz',
            ENABLE_SUBMISSION_DELETE: 'true',
            ...parseAssignments(group),
          };
    await withEngine(env, (target) =>
      count(
        replayCalls(
          calls.filter(({ settings }) => settings === group),
          target,
        ),
      ),
    );
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      golden: { type: 'string', default: join(PACKAGE_ROOT, 'conformance', 'golden') },
      token: { type: 'string' },
      only: { type: 'string', default: 'programs,contract,settings,callback' },
    },
  });
  const parts = values.only.split(',');
  const replay = async (target: Target) => {
    if (parts.includes('contract'))
      await count(replayCalls(readCalls(join(values.golden, 'http-contract.json')), target));
    if (parts.includes('programs')) await count(replayPrograms(values.golden, target));
  };
  if (values.url) {
    await replay({
      url: values.url.replace(/\/$/, ''),
      headers: values.token ? { 'X-Auth-Token': values.token } : {},
    });
    console.log('settings and callbacks are left out: they need engines of their own');
  } else {
    await withEngine(RECORDED, async (target) => {
      await replay(target);
      if (parts.includes('callback')) await count(replayCallbacks(values.golden, target));
    });
    if (parts.includes('settings')) await replaySettings(values.golden);
  }
  console.log(
    `\n${tally.same} the same, ${[...tally.explained.values()].reduce((a, b) => a + b, 0)} places explained:`,
  );
  for (const [title, times] of tally.explained) console.log(`  ${times} × ${title}`);
  console.log(`${tally.unexplained.length} unexplained differences`);
  process.exitCode = tally.unexplained.length > 0 ? 1 : 0;
}

void main();
