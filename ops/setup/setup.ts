import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writePrivateFile } from '../compose/own-file.js';
import { projectDirectory } from '../compose/project.js';
import { createFacts } from '../doctor/facts.js';
import type { Machine } from '../doctor/machine.js';
import { collectAnswers, type Ask, type Refuse } from './answers.js';
import { valuesOf, withValues } from './env-file.js';
import { missingValues } from './fill.js';
import { chooseJudge, lookAtJudgeHost } from './judge.js';
import { neededSettings, profilesOf } from './needed.js';
import type { Known } from './questions.js';
import { openMountedFiles } from './mounted-files.js';
import { serverSettings } from './settings.js';

const readOr = (file: string, otherwise: string): string =>
  existsSync(file) ? readFileSync(file, 'utf8') : otherwise;

/** Whether .env lacks something that the parts it chooses need. */
export const isSetUp = (directory = projectDirectory()): boolean => {
  const values = valuesOf(readOr(path.join(directory, '.env'), ''));
  return neededSettings(values).every((name) => values[name]);
};

const tlsNotes: Record<string, string> = {
  acme: 'Certificate: Let’s Encrypt. Ports 80 and 443 must be open to the internet.',
  internal:
    'Certificate: this server’s own authority. Browsers ask once; or give them its root certificate: docker compose cp caddy:/data/caddy/pki/authorities/local/root.crt .',
  files: 'Certificate: yours. After a new one: docker compose restart caddy',
};

const mailNote = (values: Known): string => {
  if (values['MAILJET_API_KEY']) return `Mails: by Mailjet, from ${values['FROM_EMAIL'] ?? ''}.`;
  if (values['SMTP_URL']) return `Mails: by your mail server, from ${values['FROM_EMAIL'] ?? ''}.`;
  return 'Mails: none are sent. Invitations and links for new passwords stand in Administration, to be handed over.';
};

/** The volume of a database whose .env is gone: what was encrypted with its secrets stays unreadable. */
const hasOldDatabase = async ({ run }: Machine): Promise<boolean> => {
  const name = `${process.env['COMPOSE_PROJECT_NAME'] || 'coding-platform'}_db-data`;
  const { stdout } = await run('docker', ['volume', 'ls', '--quiet', '--filter', `name=${name}`], {
    timeoutMs: 5000,
  });
  return stdout.split('\n').includes(name);
};

/** The machine's time zone, as Europe/Paris; empty where it does not tell. */
const timezoneOf = async (machine: Machine): Promise<string> => {
  const { stdout } = await machine.run('timedatectl', ['show'], { timeoutMs: 3000 });
  const told =
    /^Timezone=(.+)$/m.exec(stdout)?.[1] ?? (await machine.readText('/etc/timezone'))?.trim() ?? '';
  return serverSettings.TIMEZONE.schema.safeParse(told).success ? told : '';
};

export interface SetUp {
  /** Names that were filled in, in the order of the file. */
  filled: string[];
  /** What somebody should know, in sentences. */
  notes: string[];
}

/** Fills in what .env lacks and keeps the rest. Nothing is written before all is known. Throws AnswersMissing. */
export const setUp = async (options: {
  machine: Machine;
  given: Known;
  ask: Ask | null;
  refuse: Refuse;
  directory?: string;
}): Promise<SetUp> => {
  const { machine, given, ask, refuse, directory = projectDirectory() } = options;
  const file = path.join(directory, '.env');
  const isNew = !existsSync(file);
  const text = readOr(file, readOr(path.join(directory, '.env.example'), ''));
  const existing = valuesOf(text);
  const judge = chooseJudge(await lookAtJudgeHost(createFacts(machine)));
  const { answers, kept } = await collectAnswers({ existing, given, ask, refuse });
  const known = { ...answers, TIMEZONE: await timezoneOf(machine) };
  const added = await missingValues(existing, known, judge.profile);
  const values = { ...existing, ...added };
  if (Object.keys(added).length > 0) writePrivateFile(file, withValues(text, added));

  openMountedFiles(directory);

  const notes = [
    tlsNotes[values['TLS_MODE'] ?? ''] ?? '',
    mailNote(values),
    added['COMPOSE_PROFILES']
      ? `Judge: ${judge.profile}, since ${judge.reason}.`
      : `Parts: ${profilesOf(values).join(', ')}.`,
  ];
  if (kept.length > 0)
    notes.push(`Kept as they are in .env: ${kept.join(', ')}. To change one, edit .env, then: make up`);
  if (isNew && (await hasOldDatabase(machine))) {
    notes.push(
      'There is a database of before, and this .env is new. If you have the .env of then (copies are in backups/), put it back: without its SECOND_FACTOR_SECRET nobody with an authenticator app gets in.',
    );
  }
  return { filled: Object.keys(added), notes };
};
