import { LRUCache } from 'lru-cache';
import { JudgeUnavailableError, type JudgeClient, type JudgeLanguage } from './client.js';
import type { JudgeCase, JudgeResult } from './wire-format.js';
import { createEngineDirectory, type Engine, type EngineOptions, type Lookup } from './engine-directory.js';

/** Many engines that are spoken to as one judge. */
export interface JudgePool extends JudgeClient {
  /** Those that are known now, whether they answer or not. */
  engines(): Promise<readonly Engine[]>;
}

interface State {
  /** Cases sent by this process that are not finished yet. */
  outstanding: number;
  /** While set, the engine gets no work; when it is looked at again, by performance.now(), and the pause before. */
  away: { retryAt: number; pauseMs: number } | null;
  looking: boolean;
}

const shortestPauseMs = 1000;
const longestPauseMs = 30_000;
const maxTokens = 50_000;
// Longer than any deadline of a submission: who has not asked by then does not ask any more.
const forgottenAfterMs = 15 * 60_000;
const unfinished = 2;

const isAway = (error: unknown): error is JudgeUnavailableError => error instanceof JudgeUnavailableError;

/** Which engine has which case, how much each has, and which of them are away. */
const createLedger = () => {
  const states = new WeakMap<Engine, State>();
  const stateOf = (engine: Engine): State => {
    const state = states.get(engine) ?? { outstanding: 0, away: null, looking: false };
    states.set(engine, state);
    return state;
  };
  const holders = new LRUCache<string, Engine>({
    max: maxTokens,
    ttl: forgottenAfterMs,
    dispose: (engine) => void (stateOf(engine).outstanding -= 1),
  });

  const markUp = (engine: Engine): void => void (stateOf(engine).away = null);
  const markAway = (engine: Engine): void => {
    const state = stateOf(engine);
    const pauseMs = Math.min((state.away?.pauseMs ?? shortestPauseMs / 2) * 2, longestPauseMs);
    state.away = { retryAt: performance.now() + pauseMs, pauseMs };
  };
  // Its own question, so that no learner's program waits for an engine that may hang.
  const lookAgain = (engine: Engine): void => {
    const state = stateOf(engine);
    if (!state.away || state.looking || performance.now() < state.away.retryAt) return;
    state.looking = true;
    void engine.client
      .about()
      .then(
        () => markUp(engine),
        () => markAway(engine),
      )
      .finally(() => (state.looking = false));
  };

  return {
    markUp,
    markAway,
    isUp: (engine: Engine): boolean => stateOf(engine).away === null,
    /** Those that answer, the least busy first, then those that are away: for when nothing else is left. */
    inOrder: (engines: readonly Engine[]): Engine[] => {
      holders.purgeStale();
      engines.forEach(lookAgain);
      const rank = (engine: Engine): number => (stateOf(engine).away ? 1 : 0);
      const load = (engine: Engine): number => stateOf(engine).outstanding;
      return [...engines].sort((one, other) => rank(one) - rank(other) || load(one) - load(other));
    },
    hold: (token: string, engine: Engine): void => {
      stateOf(engine).outstanding += 1;
      holders.set(token, engine);
    },
    holderOf: (token: string): Engine | undefined => holders.get(token),
    drop: (token: string): void => void holders.delete(token),
  };
};

/** Asks all engines at once: the answers of those that answer. Throws the first one's reason when none does. */
const askAll = async <T>(
  ledger: ReturnType<typeof createLedger>,
  engines: readonly Engine[],
  ask: (client: JudgeClient) => Promise<T>,
): Promise<T[]> => {
  const settled = await Promise.allSettled(
    engines.map(async (engine) => {
      try {
        const answer = await ask(engine.client);
        ledger.markUp(engine);
        return answer;
      } catch (error) {
        if (isAway(error)) ledger.markAway(engine);
        throw error;
      }
    }),
  );
  const answers = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = settled.find((one) => one.status === 'rejected');
  if (answers.length === 0) throw failed?.reason ?? new JudgeUnavailableError('no judge is set');
  return answers;
};

/** The languages that every list has, named as in the first. */
const inEvery = ([first = [], ...others]: JudgeLanguage[][]): JudgeLanguage[] =>
  first.filter(({ id }) => others.every((list) => list.some((language) => language.id === id)));

/**
 * One judge made of the engines at some addresses. A batch goes to the engine that answers and has the fewest cases of
 * this process open, and is asked for there. The cases of an engine that goes away are told as forgotten (null), so
 * that runCases sends them to another; when no other is up, the error is thrown as by a single judge.
 *
 * Of languages only those count that all engines which answer have.
 */
export const createJudgePool = (
  options: EngineOptions & { urls: readonly string[]; lookup?: Lookup },
): JudgePool => {
  const directory = createEngineDirectory(options);
  const ledger = createLedger();

  const lose = (engine: Engine): void => {
    ledger.markAway(engine);
    directory.refresh();
  };

  const createBatch = async (cases: JudgeCase[]): Promise<string[]> => {
    let reason: unknown = new JudgeUnavailableError('no judge is set');
    for (const engine of ledger.inOrder(await directory.list())) {
      try {
        const tokens = await engine.client.createBatch(cases);
        for (const token of tokens) ledger.hold(token, engine);
        ledger.markUp(engine);
        return tokens;
      } catch (error) {
        if (!isAway(error)) throw error;
        lose(engine);
        reason = error;
      }
    }
    throw reason;
  };

  const askHolder = async (engine: Engine, tokens: string[]): Promise<(JudgeResult | null)[]> => {
    try {
      return await engine.client.getBatch(tokens);
    } catch (error) {
      if (!isAway(error)) throw error;
      lose(engine);
      const others = (await directory.list()).filter((other) => other !== engine);
      if (!others.some(ledger.isUp)) throw error;
      return tokens.map(() => null);
    }
  };

  const getBatch = async (tokens: string[]): Promise<(JudgeResult | null)[]> => {
    const byEngine = new Map<Engine, string[]>();
    for (const token of tokens) {
      const engine = ledger.holderOf(token);
      if (engine) byEngine.set(engine, [...(byEngine.get(engine) ?? []), token]);
    }
    const results = new Map<string, JudgeResult | null>();
    await Promise.all(
      [...byEngine].map(async ([engine, held]) => {
        const found = await askHolder(engine, held);
        held.forEach((token, at) => results.set(token, found[at] ?? null));
      }),
    );
    return tokens.map((token) => {
      const result = results.get(token) ?? null;
      if (!result || result.statusId > unfinished) ledger.drop(token);
      return result;
    });
  };

  return {
    createBatch,
    getBatch,
    languages: async () =>
      inEvery(await askAll(ledger, await directory.list(), (client) => client.languages())),
    limitsProcessesByDefault: async () =>
      (await askAll(ledger, await directory.list(), (client) => client.limitsProcessesByDefault())).some(
        Boolean,
      ),
    cancel: async (group) =>
      void (await askAll(ledger, await directory.list(), (client) => client.cancel(group))),
    knowsIdleLimits: async () =>
      (await askAll(ledger, await directory.list(), (client) => client.knowsIdleLimits())).every(Boolean),
    about: async () => void (await askAll(ledger, await directory.list(), (client) => client.about())),
    engines: () => directory.list(),
  };
};
