import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `lscpu` and `free -h` by their labels, as Judge0 shows them. */
export async function systemInfo(): Promise<Record<string, string>> {
  const [cpu, memory] = await Promise.all([outputOf('lscpu', []), outputOf('free', ['-h'])]);
  return { ...labelled(cpu), ...memoryTable(memory) };
}

async function outputOf(command: string, args: string[]): Promise<string> {
  try {
    const { stdout } = await run(command, args, {
      timeout: 5000,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    });
    return stdout;
  } catch {
    // The tool is not installed: the machine is described without it.
    return '';
  }
}

function labelled(text: string): Record<string, string> {
  const pairs = text.split('\n').flatMap((line): [string, string][] => {
    const at = line.indexOf(':');
    return at > 0 ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()]] : [];
  });
  return Object.fromEntries(pairs);
}

/** The totals of memory and swap. */
function memoryTable(text: string): Record<string, string> {
  const totals = [...text.matchAll(/^(Mem|Swap):\s+(\S+)/gm)];
  return Object.fromEntries(totals.map(([, name = '', total = '']) => [name, total]));
}
