/** How many runs and submissions the server takes, as it said with its latest answer. */
export interface Allowance {
  remaining: number;
  /** Until one more than now is taken. */
  resetSeconds: number;
  limit: number;
  windowSeconds: number;
}

const headerNames = ['RateLimit', 'RateLimit-Policy'] as const;

const parameter = (field: string | null, name: string): number | null => {
  const digits = new RegExp(`;\\s*${name}=(\\d+)`).exec(field ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
};

/** Reads the fields of draft-ietf-httpapi-ratelimit-headers-11; null when the answer was not counted. */
export const readAllowance = (headers: Headers): Allowance | null => {
  const [state, policy] = headerNames.map((name) => headers.get(name)) as [string | null, string | null];
  const remaining = parameter(state, 'r');
  const resetSeconds = parameter(state, 't');
  const limit = parameter(policy, 'q');
  const windowSeconds = parameter(policy, 'w');
  return remaining === null || resetSeconds === null || limit === null || windowSeconds === null
    ? null
    : { remaining, resetSeconds, limit, windowSeconds };
};

/**
 * Collects the fields of several answers of the api and hands on those of the one with the fewest left: two runs that
 * were asked for together may answer in any order.
 */
export const createAllowanceRelay = () => {
  let least: { remaining: number; fields: Record<string, string> } | null = null;
  return {
    note: (headers: Headers): void => {
      const allowance = readAllowance(headers);
      if (!allowance || (least && least.remaining <= allowance.remaining)) return;
      const fields = Object.fromEntries(headerNames.map((name) => [name, headers.get(name) ?? '']));
      least = { remaining: allowance.remaining, fields };
    },
    fields: (): Record<string, string> => least?.fields ?? {},
  };
};

const fewest = 3;

/**
 * How many are left `elapsedSeconds` after the answer, at least; null when they are many, so that nobody need know. What
 * is known is when the next one comes back, and that after a whole window all have.
 */
export const fewLeft = (allowance: Allowance, elapsedSeconds: number): number | null => {
  const { remaining, resetSeconds, limit, windowSeconds } = allowance;
  if (elapsedSeconds >= windowSeconds) return null;
  const left = Math.min(limit, remaining + (elapsedSeconds >= resetSeconds ? 1 : 0));
  return left <= fewest && left < limit ? left : null;
};
