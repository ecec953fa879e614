import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './child-process.js';
import { startSupabase, type TestSupabase } from './test-stack.js';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('the embedded Supabase of tests', () => {
  let supabase: TestSupabase;
  beforeAll(async () => {
    supabase = await startSupabase();
  }, 120_000);
  afterAll(() => supabase.stop());

  test('is migrated, and a learner cannot read the table of problem tests without a session', async () => {
    const asService = { apikey: supabase.serviceRoleKey };
    const asAnybody = { apikey: supabase.anonKey };
    const table = `${supabase.url}/rest/v1/problem_tests?select=id`;
    expect(await (await fetch(table, { headers: asService })).json()).toEqual([]);
    expect((await fetch(table, { headers: asAnybody })).status).toBe(401);
  });

  test('sends no mail of its own for a forgotten password: the outbox of the api does', async () => {
    const headers = {
      apikey: supabase.serviceRoleKey,
      'content-type': 'application/json',
      prefer: 'return=minimal',
    };
    const post = (address: string, body: unknown) =>
      fetch(`${supabase.url}${address}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect((await post('/rest/v1/organizations', { slug: 'a', name: 'A' })).status).toBe(201);
    const account = { email: 'ada@example.org', password: 'long enough 12' };
    expect((await post('/auth/v1/signup', account)).ok).toBe(true);
    expect((await post('/auth/v1/recover', { email: account.email })).ok).toBe(true);
    expect(existsSync(path.join(supabase.directory, 'mail'))).toBe(false);
    const mails = await fetch(`${supabase.url}/rest/v1/mails?kind=eq.password_reset`, { headers });
    expect(await mails.json()).toEqual([]);
  });
});

test('an embedded Supabase that was killed comes back on its folder with its rows and keys', async () => {
  const first = await startSupabase();
  const headers = { apikey: first.serviceRoleKey, 'content-type': 'application/json' };
  await fetch(`${first.url}/rest/v1/organizations`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ slug: 'kept', name: 'Kept' }),
  });
  await first.kill();
  const second = await startSupabase({ directory: first.directory });
  const rows = await (await fetch(`${second.url}/rest/v1/organizations?select=slug`, { headers })).json();
  await second.stop();
  await first.stop();
  expect(rows).toEqual([{ slug: 'kept' }]);
  expect(existsSync(first.directory)).toBe(false);
}, 120_000);

test('a program that dies of an unhandled error fails the test that needs it', async () => {
  const parent = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      '--input-type=module',
      '--eval',
      `const { startChild, failWhenItDies } = await import('./ops/embedded/child-process.ts');
       const start = (name, source) => startChild({ name, args: ['--eval', source], env: process.env,
         logFile: process.argv[1] });
       const stopped = start('stopped', 'setInterval(() => {}, 1000)');
       failWhenItDies(stopped);
       await stopped.stop();
       console.log('a child that was stopped is no failure');
       failWhenItDies(start('dying', 'new (require("node:events"))().emit("error", new Error("broken part"))'));
       setInterval(() => {}, 1000);`,
      path.join(await mkdtemp(path.join(tmpdir(), 'dying-')), 'log'),
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    parent[name].on('data', (chunk) => (said[name] += String(chunk)));
  const [code] = (await once(parent, 'close')) as [number];
  expect(code).not.toBe(0);
  expect(said.stdout).toContain('a child that was stopped is no failure');
  expect(said.stderr).toContain('dying ended by itself (exit code 1)');
  expect(said.stderr).toContain('broken part');
}, 120_000);

test('a child ends when its parent is killed with SIGKILL', async () => {
  const parent = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      '--input-type=module',
      '--eval',
      `const { startChild } = await import('./ops/embedded/child-process.ts');
       const child = startChild({ name: 'idler', args: ['--eval', 'setInterval(() => {}, 1000)'],
         env: process.env, logFile: '/dev/null' });
       console.log(child.pid);
       setInterval(() => {}, 1000);`,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
  expect(isAlive(pid)).toBe(true);
  await sleep(500);
  parent.kill('SIGKILL');
  for (let waited = 0; isAlive(pid) && waited < 60_000; waited += 50) await sleep(50);
  expect(isAlive(pid)).toBe(false);
}, 120_000);
