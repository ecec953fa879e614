import { createServer } from 'node:net';
import { ownerOfPort } from './port-owner.js';
import { StartError } from './start-error.js';

export interface WantedPort {
  /** Name of the setting that chooses it. */
  setting: string;
  port: number;
  host: string;
}

/** The error code with which listening fails there; null when it is free. */
const whyNot = (port: number, host: string): Promise<string | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });

const describe = ({ setting, port, host }: WantedPort, code: string): string => {
  const remedy = `set ${setting} to another port, as in: ${setting}=${port + 100} make start`;
  if (code === 'EACCES') return `Port ${port} needs more rights than this user has; ${remedy}`;
  if (code !== 'EADDRINUSE') return `Port ${port} cannot be opened on ${host} (${code}); ${remedy}`;
  const owner = ownerOfPort(port);
  const by = owner
    ? `by process ${owner.pid} (${owner.program}); stop it`
    : 'by a program of another user; stop it';
  return `Port ${port} is taken ${by}, or ${remedy}`;
};

/** Throws one StartError that names every port that is taken, by whom, and the setting that chooses it. */
export const requireFreePorts = async (wanted: WantedPort[]): Promise<void> => {
  const problems: string[] = [];
  for (const [place, one] of wanted.entries()) {
    const twin = wanted.slice(0, place).find(({ port }) => port === one.port);
    if (twin) {
      problems.push(`${twin.setting} and ${one.setting} are both ${one.port}: give one of them another port`);
      continue;
    }
    const code = await whyNot(one.port, one.host);
    // A browser tries localhost as ::1 first and would meet a stranger there.
    const stranger = code ?? (await whyNot(one.port, '::1'));
    if (code) problems.push(describe(one, code));
    else if (stranger === 'EADDRINUSE') problems.push(describe(one, stranger));
  }
  if (problems.length > 0) throw new StartError(problems.join('\n'));
};
