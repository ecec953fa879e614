import type { EndedBy } from './types.js';

/** What process 1 of a box says when everything in it has ended. */
export interface HelperReport {
  exitCode: number;
  signal: number;
  wallSeconds: number;
  cpuSeconds: number;
  memoryKb: number;
  reason: EndedBy;
}

/** The report of process 1, or null while it is not whole. */
export function parseReport(text: string): HelperReport | null {
  const match =
    /^exit=(\d+) signal=(\d+) wall_us=(\d+) cpu_us=(\d+) rss_kb=(\d+) reason=(none|cpu|memory|disk|killed)\n/.exec(
      text,
    );
  if (!match) return null;
  const [exitCode = 0, signal = 0, wallUs = 0, cpuUs = 0, memoryKb = 0] = match.slice(1, 6).map(Number);
  const reasons: Record<string, EndedBy> = {
    cpu: 'cpu',
    memory: 'memory',
    disk: 'disk',
    killed: 'cancelled',
  };
  const reason = reasons[match[6] ?? ''] ?? 'program';
  return { exitCode, signal, wallSeconds: wallUs / 1e6, cpuSeconds: cpuUs / 1e6, memoryKb, reason };
}
