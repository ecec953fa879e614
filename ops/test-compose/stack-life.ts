import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../../judge0/engine/src/container/shell.js';
import { type Container, type Stack, containersOf, isWell, mustCompose, runCompose } from './stack.js';

const HEALTHY_LIMIT_MS = 600_000;
/** Lines of each service that is not well, after a failure. */
const LOG_LINES = '40';

const stateOf = ({ service, state, health, exitCode }: Container): string =>
  `${service} is ${health ?? state}${state === 'exited' ? ` with ${exitCode}` : ''}`;

/**
 * Waits until every container of the project is well.
 * @throws after `limitMs` with the names of those that are not
 */
export const untilHealthy = async (project: string, limitMs = HEALTHY_LIMIT_MS): Promise<void> => {
  const end = Date.now() + limitMs;
  for (;;) {
    const containers = containersOf(project);
    const ill = containers.filter((container) => !isWell(container));
    if (containers.length > 0 && ill.length === 0) return;
    if (Date.now() > end) throw new Error(`not healthy in time: ${ill.map(stateOf).join(', ')}`);
    await sleep(250);
  }
};

/** Takes over the certificate of Caddy's own authority, which the tests trust. */
export const rememberAuthority = async (stack: Stack): Promise<void> => {
  const place = '/data/caddy/pki/authorities/local/root.crt';
  const certificate = await mustCompose(stack, ['exec', '-T', 'caddy', 'cat', place]);
  writeFileSync(stack.rootCertificateFile, `${certificate}\n`);
};

/** Starts everything, waits until it is healthy, and remembers its authority. */
export const startStack = async (stack: Stack, ...options: string[]): Promise<void> => {
  await mustCompose(stack, ['up', '--detach', '--no-build', '--quiet-pull', ...options]);
  await untilHealthy(stack.project);
  await rememberAuthority(stack);
};

/** Removes every container, network and volume of the project. */
export const removeStack = async (stack: Stack): Promise<void> => {
  const all = ['--profile', '*', 'down', '--volumes', '--remove-orphans', '--timeout', '3'];
  const { ok, stderr } = await runCompose(stack, all);
  if (!ok) console.error(stderr.trim());
};

/** Log lines of errors that nobody caught and that ended a program, which Docker then started again. */
export const unhandledErrors = (stack: Stack): string[] =>
  containersOf(stack.project).flatMap(({ id, name }) => {
    const { stdout, stderr } = ask('docker', 'logs', id);
    const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.includes('"unhandled error"'));
    return lines.map((line) => `${name}: ${line}`);
  });

/** Says what is not well and its last words; of all, their states. */
export const showFailures = (stack: Stack, say: (line: string) => void): void => {
  const containers = containersOf(stack.project);
  say(`\nContainers: ${containers.map(stateOf).join(', ') || 'none'}`);
  for (const { id, name } of containers.filter((container) => !isWell(container))) {
    const { stdout, stderr } = ask('docker', 'logs', '--tail', LOG_LINES, id);
    const health = ask('docker', 'inspect', '--format', '{{json .State.Health}}', id).stdout;
    say(`\n-- ${name}\n${stdout}${stderr}${health.slice(0, 1500)}`);
  }
};
