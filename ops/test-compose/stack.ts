import { spawn } from 'node:child_process';
import path from 'node:path';
import { ask, type CommandResult } from '../../judge0/engine/src/container/shell.js';

export const root = path.resolve(import.meta.dirname, '../..');
export const composeFile = path.join(root, 'docker-compose.yml');

/** What the tests must know of the stack that runs for them; handed to them as JSON in TEST_COMPOSE. */
export interface Stack {
  /** Name of the compose project, so that several can be on one machine. */
  project: string;
  envFile: string;
  /** Compose files, in their order. */
  files: string[];
  domain: string;
  httpPort: number;
  httpsPort: number;
  /** Of Caddy's own authority, as PEM. */
  rootCertificateFile: string;
  /** Of the learners and of the administrator of the school that was seeded, by e-mail address. */
  passwords: Record<string, string>;
  /** By which the first administrator comes in. */
  invitationUrl: string;
}

/** Only what Docker's client needs: a variable of the terminal would win over the same one in the file of settings. */
const clientEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => /^(PATH|HOME|LANG|DOCKER_.*|BUILDKIT_.*)$/.test(name)),
  );

/** What a command of compose is about. */
type Project = Pick<Stack, 'project' | 'envFile' | 'files'>;

/** The arguments before compose's own command. */
const composeArguments = ({ project, envFile, files }: Project): string[] => [
  'compose',
  ...['--ansi', 'never', '--project-name', project, '--project-directory', root, '--env-file', envFile],
  ...files.flatMap((file) => ['--file', file]),
];

/**
 * Runs `docker compose` on the stack to its end.
 * @returns what it printed; never throws
 */
export const runCompose = (stack: Project, args: string[]): Promise<CommandResult> => {
  const child = spawn('docker', [...composeArguments(stack), ...args], {
    cwd: root,
    env: clientEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text));
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, stdout: said.stdout, stderr: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, ...said }));
  });
};

/** The same. @returns its standard output @throws with its last words when it fails */
export const mustCompose = async (stack: Project, args: string[]): Promise<string> => {
  const { ok, stdout, stderr } = await runCompose(stack, args);
  if (!ok) throw new Error(`docker compose ${args.join(' ')}: ${(stderr || stdout).trim().slice(-3000)}`);
  return stdout.trim();
};

export interface Container {
  id: string;
  name: string;
  service: string;
  /** created, running, exited … */
  state: string;
  /** starting, healthy, unhealthy; null without a health check. */
  health: string | null;
  exitCode: number;
  /** Of its first process, as the host counts; 0 when it does not run. */
  pid: number;
}

interface Inspected {
  Id: string;
  Name: string;
  State: { Status: string; ExitCode: number; Pid: number; Health?: { Status: string } };
  Config: { Labels: Record<string, string> };
}

/** Every container of the project as it is now, those that ended too. */
export const containersOf = (project: string): Container[] => {
  const filter = `label=com.docker.compose.project=${project}`;
  const ids = ask('docker', 'ps', '--all', '--quiet', '--no-trunc', '--filter', filter).stdout.split('\n');
  const present = ids.filter(Boolean);
  if (present.length === 0) return [];
  // One that was removed in the meantime is missing in the answer.
  const all = JSON.parse(ask('docker', 'inspect', ...present).stdout || '[]') as Inspected[];
  return all.map(({ Id, Name, State, Config }) => ({
    id: Id,
    name: Name.slice(1),
    service: Config.Labels['com.docker.compose.service'] ?? '',
    state: State.Status,
    health: State.Health?.Status ?? null,
    exitCode: State.ExitCode,
    pid: State.Pid,
  }));
};

/** Whether a container does what it is for: healthy, or for a job that it ended well. */
export const isWell = ({ state, health, exitCode }: Container): boolean =>
  state === 'exited' ? exitCode === 0 : state === 'running' && (health === null || health === 'healthy');
