import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { must } from '../../judge0/engine/src/container/shell.js';
import { loadDemoSchool } from '../demo-school/load.js';
import { seedDemoSchool } from '../embedded/seed.js';
import { readEnvironment } from './environment.js';
import { type Stack, containersOf, mustCompose } from './stack.js';

/** So many learners, that a test of one does not use up the executions of another's. */
const LEARNERS = 12;

export const learnerEmail = (index: number): string => `learner${index}@demo.school`;

/** Where the host reaches a port of a service that is not published: by its address in the network `app`. */
export const innerAddress = (project: string, service: string, port: number): string => {
  const container = containersOf(project).find((each) => each.service === service);
  const format = `{{(index .NetworkSettings.Networks "${project}_app").IPAddress}}`;
  return `http://${must('docker', 'inspect', '--format', format, container?.id ?? service)}:${port}`;
};

/** Makes the school and gives the link by which its first administrator comes in, as `make up` does. */
export const inviteFirstAdmin = async (stack: Stack): Promise<string> => {
  const { ADMIN_EMAIL = '', ORGANIZATION_NAME = '' } = readEnvironment(stack.envFile);
  const program = [
    'node',
    'dist/first-admin.js',
    '--email',
    ADMIN_EMAIL,
    '--organization',
    ORGANIZATION_NAME,
  ];
  const outcome = await mustCompose(stack, ['exec', '-T', 'api', ...program, '--json']);
  const { url } = JSON.parse(outcome) as { url?: string };
  if (!url) throw new Error(`no invitation for the first administrator: ${outcome}`);
  return url;
};

/** Puts the demo school, with some more learners, into the stack. Returns the passwords by e-mail address. */
export const seedSchool = async (stack: Stack, folder: string): Promise<Record<string, string>> => {
  const school = await loadDemoSchool();
  const learners = Array.from({ length: LEARNERS }, (_, index) => ({
    role: 'student' as const,
    email: learnerEmail(index + 1),
    fullName: `Learner ${index + 1}`,
  }));
  const whole = { ...school, accounts: [...school.accounts, ...learners] };
  const passwords = Object.fromEntries(
    whole.accounts.map(({ email }) => [email, randomBytes(12).toString('hex')]),
  );
  const url = innerAddress(stack.project, 'caddy', 8000);
  const settings = readEnvironment(stack.envFile);
  const keys = {
    anonKey: settings['SUPABASE_ANON_KEY'] ?? '',
    serviceRoleKey: settings['SUPABASE_SERVICE_ROLE_KEY'] ?? '',
  };
  const stampFile = path.join(folder, 'seed.json');
  await seedDemoSchool(whole, { url, ...keys, passwords, stampFile, databaseUrl: undefined });
  return passwords;
};
