/** A school as doctor sees it, on a recorded machine. For tests. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../embedded/child-process.js';
import { withValues } from '../setup/env-file.js';
import { missingValues } from '../setup/fill.js';
import { recogniseIssue } from './common-issues.js';
import type { Diagnosis } from './diagnosis.js';
import { examine, type Finding } from './examine.js';
import { createFacts } from './facts.js';
import { recordedMachine, type Recording } from './recorded-machine.js';

const example = readFileSync(path.join(root, '.env.example'), 'utf8');
const composeFile = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');
const make = async (): Promise<Record<string, string>> => {
  const answers = {
    DOMAIN: 'code.school.example',
    TLS_MODE: 'internal',
    ORGANIZATION_NAME: 'A school',
    ADMIN_EMAIL: 'head@school.example',
    ALERT_WEBHOOK_URL: 'https://chat.school.example/hook',
  };
  return { ...answers, ...(await missingValues({}, answers, 'judge0-engine')) };
};
const made = make();

/** The settings of the school below, as setup made them. */
export const settingsMade = (): Promise<Record<string, string>> => made;

/** The healthy machine, set up, with these differences. */
export const look = async (recording: Recording = {}, changes: Record<string, string> = {}) => {
  const values = await made;
  const machine = recordedMachine({
    ...recording,
    modes: { '.env': 0o600, ...recording.modes },
    files: {
      '.env': withValues('', { ...values, ...changes }),
      '.env.example': example,
      'docker-compose.yml': composeFile,
      ...recording.files,
    },
  });
  const facts = createFacts(machine);
  const findings = await examine(facts, ['machine', 'settings', 'stack']);
  const of = (id: string): Finding => {
    const found = findings.find((finding) => finding.id === id);
    if (!found) throw new Error(`there is no check ${id}`);
    return found;
  };
  return { findings, of, issue: await recogniseIssue(findings, facts) };
};
/** Ids of what is ✗. */
export const problemsOf = (findings: Finding[]) =>
  findings.filter(({ status }) => status === 'problem').map(({ id }) => id);

const container = (Service: string, more: object = {}) => ({
  Name: `coding-platform-${Service}-1`,
  Service,
  State: 'running',
  Health: 'healthy',
  ExitCode: 0,
  ...more,
});
const jobs = ['bootstrap', 'migrate'].map((name) => container(name, { State: 'exited', Health: '' }));
const services = ['caddy', 'web', 'api', 'grader', 'db', 'auth', 'rest', 'storage', 'redis', 'engine'];
/** What the api of a school that is well tells. */
export const healthy: Diagnosis = {
  version: '0.1.0',
  checks: Object.fromEntries(
    ['database', 'redis', 'judge0', 'mail', 'storage'].map((name) => [
      name,
      { status: 'healthy', reason: null, pieces: [] },
    ]),
  ),
  missingMigrations: [],
  submissions: { waiting: 0, oldestSeconds: 0 },
  mails: { waiting: 0, failed: 0, oldestSeconds: 0 },
  languages: [
    { id: 46, name: 'Bash', ok: true, reason: null },
    { id: 71, name: 'Python', ok: true, reason: null },
  ],
  rateLimits: { allowed: 900, refused: 3, refusedNow: 0 },
};

/** A school that runs; `odd` replaces containers, `diagnosis` members of what the api tells. */
export const running = (
  odd: Record<string, object> = {},
  diagnosis: Partial<Diagnosis> = {},
  stats = '12.5%',
): Recording => {
  const containers = [...services.map((name) => container(name, odd[name])), ...jobs];
  return {
    programs: {
      'docker compose ps': { stdout: containers.map((one) => JSON.stringify(one)).join('\n') },
      'docker compose exec -T engine bwrap': {},
      'docker compose exec -T api': { stdout: JSON.stringify({ ...healthy, ...diagnosis }) },
      'docker stats': { stdout: `{"Name":"coding-platform-web-1","MemPerc":"${stats}"}\n` },
    },
    folders: {
      backups: [{ name: 'night.dump', modifiedAt: new Date('2026-11-23T02:00:00Z'), bytes: 9 }],
    },
    certificate: {
      validTo: new Date('2026-11-23T20:00:00Z'),
      issuer: 'Caddy',
      names: ['code.school.example'],
    },
  };
};
/** The same with a part that is away. */
export const away = (name: string, reason: string): Partial<Diagnosis> => ({
  checks: { ...healthy.checks, [name]: { status: 'unhealthy', reason, pieces: [] } },
});
