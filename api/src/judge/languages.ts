/** How one language of the judge is shown and what it may use more than a compiled program. */
export interface Language {
  /** Judge0's id. */
  id: number;
  name: string;
  editorMode: 'python' | 'c' | 'cpp' | 'java' | 'javascript' | 'shell' | 'text';
  /** Multiplies the problem's time limit. */
  timeFactor: number;
  /** Start of the runtime, which no learner can shorten. */
  timeExtraMs: number;
  memoryExtraKb: number;
  /**
   * Whether its programs run, and its compiler, when memory is limited as address space and time process by process, as
   * an official Judge0 does without control groups. Node starts at none of the limits that it allows, nor does javac.
   */
  survivesProcessLimits: boolean;
}

const language = (
  id: number,
  name: string,
  editorMode: Language['editorMode'],
  extra: Partial<Omit<Language, 'id' | 'name' | 'editorMode'>> = {},
): Language => ({
  id,
  name,
  editorMode,
  timeFactor: 1,
  timeExtraMs: 0,
  memoryExtraKb: 0,
  survivesProcessLimits: false,
  ...extra,
});

/** The languages that the product knows; a problem names those that it allows. */
export const languages: ReadonlyMap<number, Language> = new Map(
  [
    language(71, 'Python', 'python', { timeFactor: 1.5, survivesProcessLimits: true }),
    language(50, 'C', 'c', { survivesProcessLimits: true }),
    language(54, 'C++', 'cpp', { survivesProcessLimits: true }),
    language(62, 'Java', 'java', { timeExtraMs: 1000, memoryExtraKb: 128_000 }),
    language(63, 'JavaScript', 'javascript', { timeExtraMs: 500, memoryExtraKb: 64_000 }),
    language(46, 'Bash', 'shell', { timeFactor: 1.5, survivesProcessLimits: true }),
  ].map((entry) => [entry.id, entry]),
);

/** The language, or a plain entry for an id that the product does not know. */
export const languageOf = (id: number): Language =>
  languages.get(id) ?? language(id, `Language ${id}`, 'text');

// Judge0's own upper bounds (MAX_CPU_TIME_LIMIT, MAX_WALL_TIME_LIMIT, MAX_MEMORY_LIMIT).
const maxCpuMs = 15_000;
const maxWallMs = 20_000;
const maxMemoryKb = 512_000;
const leastIdleMs = 3000;

export interface Limits {
  cpuMs: number;
  wallMs: number;
  /** A program that has only waited ends after this time. */
  idleMs: number;
  memoryKb: number;
}

/** The limits as answers tell them. */
export const toldLimits = ({ cpuMs, idleMs, memoryKb }: Limits) => ({
  timeMs: cpuMs,
  wallMs: idleMs,
  memoryKb,
});

/** What a program in this language may use on a problem with these limits. */
export const limitsFor = (
  problem: { timeLimitMs: number; memoryLimitKb: number; waitLimitMs: number | null },
  languageId: number,
): Limits => {
  const { timeFactor, timeExtraMs, memoryExtraKb } = languageOf(languageId);
  const idleMs = (cpu: number) => problem.waitLimitMs ?? Math.max(cpu * 2, leastIdleMs);
  const cpuMs = Math.min(Math.round(problem.timeLimitMs * timeFactor) + timeExtraMs, maxCpuMs);
  return {
    cpuMs,
    // Generous, since on a busy machine a program gets only a part of a core: the CPU limit is the one that judges,
    // and the wall clock only ends programs that work little.
    wallMs: Math.min(Math.max(cpuMs * 3 + 5000, idleMs(cpuMs)), maxWallMs),
    idleMs: Math.min(idleMs(cpuMs), maxWallMs),
    memoryKb: Math.min(problem.memoryLimitKb + memoryExtraKb, maxMemoryKb),
  };
};
