import { inRequest } from '../lib/request-scope.js';
import { runPrinting } from './canary.js';
import { JudgeRefusedError, type JudgeClient } from './client.js';
import type { JudgeCase } from './wire-format.js';
import { languageOf } from './languages.js';

/**
 * How a judge limits programs. control_groups: as it should be. per_process: its machine has no control groups that it
 * can use, and it gets along without. broken: neither way runs a program.
 */
export type LimitsMode = 'control_groups' | 'per_process' | 'broken';

interface Found {
  mode: LimitsMode;
  /** Told by health; null for control groups. */
  note: string | null;
  /** Whether programs need the flags, or the judge puts them there itself. */
  sendFlags: boolean;
  /** It ends programs that only wait by itself; to others the short limit is sent as the wall clock's. */
  knowsIdleLimits: boolean;
}

const internalError = 13;
const againMs = { control_groups: 10 * 60_000, per_process: 10 * 60_000, broken: 60_000, unknown: 30_000 };

const survives = (languageId: number): boolean => languageOf(languageId).survivesProcessLimits;

const withControlGroups = { mode: 'control_groups', note: null, sendFlags: false } as const;
const perProcess = (sendFlags: boolean): Omit<Found, 'knowsIdleLimits'> => ({
  mode: 'per_process',
  note:
    'This Judge0 works without control groups: time and memory are limited process by process, and JavaScript and Java ' +
    'are refused. Run it on a host with cgroup v1, or use the engine (COMPOSE_PROFILES=judge0-engine).',
  sendFlags,
});
const broken = (reason: string): Omit<Found, 'knowsIdleLimits'> => ({
  mode: 'broken',
  note:
    `This Judge0 cannot run programs: ${reason}. Its host most likely has cgroup v2 only: use the engine ` +
    '(COMPOSE_PROFILES=judge0-engine), a host with cgroup v1, or allow both ' +
    'ALLOW_ENABLE_PER_PROCESS_AND_THREAD_… settings in judge0.conf.',
  sendFlags: false,
});

/**
 * Looks how a judge limits programs, by one that prints: with control groups, and where that ends in Judge0's internal
 * error, without. Throws when the judge is away.
 */
export const findLimitsMode = async (judge: JudgeClient): Promise<Found> => {
  const mode = await findMode(judge);
  return { ...mode, knowsIdleLimits: await judge.knowsIdleLimits().catch(() => false) };
};

const findMode = async (judge: JudgeClient): Promise<Omit<Found, 'knowsIdleLimits'>> => {
  const plain = await runPrinting(judge, { wanted: survives });
  if (plain.statusId !== internalError) {
    return (await judge.limitsProcessesByDefault().catch(() => false))
      ? perProcess(false)
      : withControlGroups;
  }
  try {
    const flagged = await runPrinting(judge, { wanted: survives, perProcessLimits: true });
    return flagged.accepted ? perProcess(true) : broken(flagged.message ?? plain.message ?? 'internal error');
  } catch (error) {
    if (error instanceof JudgeRefusedError) return broken(plain.message ?? 'internal error');
    throw error;
  }
};

const refuseOthers = (cases: readonly JudgeCase[]): void => {
  const refused = cases.find(({ languageId }) => !survives(languageId));
  if (!refused) return;
  const { name } = languageOf(refused.languageId);
  throw new JudgeRefusedError(`${name} cannot run on this judge: it works without control groups`);
};

const withShortWallLimit = (one: JudgeCase): JudgeCase => ({
  ...one,
  limits: { ...one.limits, wallMs: one.limits.idleMs },
});

/** A client that knows how its judge limits programs. */
export type LimitsAwareClient = JudgeClient & {
  /** What administrators should know of it; null when all is well, or not known yet. */
  limitsNote(): string | null;
};

/**
 * A client that looks, before its first work and from then on every ten minutes, how its judge limits programs; to one
 * without control groups it sends both per-process flags, and it refuses the languages that do not survive them. While
 * it is not known, the judge is taken for a sound one.
 */
export const withLimitsMode = (judge: JudgeClient, now: () => number = Date.now): LimitsAwareClient => {
  let found: Found | null = null;
  let dueAt = -Infinity;
  let looking: Promise<void> | null = null;

  const look = async (): Promise<void> => {
    try {
      found = await inRequest(undefined, () => findLimitsMode(judge));
      dueAt = now() + againMs[found.mode];
    } catch {
      dueAt = now() + againMs.unknown;
    } finally {
      looking = null;
    }
  };

  /** Only the first look is waited for. */
  const current = async (): Promise<Found> => {
    if (now() >= dueAt) looking ??= look();
    if (!found && looking) await looking;
    return found ?? { ...withControlGroups, knowsIdleLimits: true };
  };

  return {
    ...judge,
    createBatch: async (cases) => {
      const { mode, sendFlags, knowsIdleLimits } = await current();
      const limited = knowsIdleLimits ? cases : cases.map(withShortWallLimit);
      if (mode !== 'per_process') return judge.createBatch(limited);
      refuseOthers(cases);
      return judge.createBatch(
        sendFlags ? limited.map((one) => ({ ...one, perProcessLimits: true })) : limited,
      );
    },
    languages: async () => {
      const languages = await judge.languages();
      const { mode } = await current();
      return mode === 'per_process' ? languages.filter(({ id }) => survives(id)) : languages;
    },
    limitsNote: () => found?.note ?? null,
  };
};
