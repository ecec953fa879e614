import { parse } from 'yaml';

/** The parts of compose.engine.yml that decide what the container may do. */
interface ComposeFile {
  services: {
    engine: {
      user: string;
      read_only: boolean;
      cap_drop: string[];
      security_opt: string[];
      tmpfs: string[];
      mem_limit: string;
      memswap_limit: string;
      pids_limit: number;
      environment: Record<string, string>;
    };
  };
}

/** Parts that say nothing about rights, or that the proof does itself. */
const LEFT_OUT = ['build', 'image', 'pull_policy', 'networks', 'stop_grace_period', 'restart'];

/**
 * The options of `docker run` that say the same as the compose file, whose relative paths begin at `folder`.
 * @throws on a key that has no translation here, so that none is silently left out of the proof
 */
export function runOptions(composeText: string, folder: string, env: Record<string, string>): string[] {
  const { engine } = (parse(composeText) as ComposeFile).services;
  const known: Record<keyof typeof engine, string[]> = {
    user: ['--user', engine.user],
    read_only: engine.read_only ? ['--read-only'] : [],
    cap_drop: engine.cap_drop.flatMap((name) => ['--cap-drop', name]),
    security_opt: engine.security_opt.flatMap((option) => [
      '--security-opt',
      option.replace('seccomp=./', `seccomp=${folder}/`),
    ]),
    tmpfs: engine.tmpfs.flatMap((mount) => ['--tmpfs', mount]),
    mem_limit: ['--memory', engine.mem_limit],
    memswap_limit: ['--memory-swap', engine.memswap_limit],
    pids_limit: ['--pids-limit', String(engine.pids_limit)],
    environment: Object.entries(engine.environment).flatMap(([name, value]) => [
      '--env',
      `${name}=${fillIn(value, env)}`,
    ]),
  };
  const unknown = Object.keys(engine).filter((key) => !(key in known) && !LEFT_OUT.includes(key));
  if (unknown.length > 0) throw new Error(`the proof knows no docker option for ${unknown.join(', ')}`);
  return Object.values(known).flat();
}

/** `${NAME}` and `${NAME:?message}`, as compose fills them in. */
function fillIn(value: string, env: Record<string, string>): string {
  return value.replace(/\$\{(\w+)(?::\?([^}]*))?\}/g, (_whole, name: string, message?: string) => {
    const given = env[name];
    if (!given && message) throw new Error(`${name}: ${message}`);
    return given ?? '';
  });
}
