/** Groups remembered as cancelled, for what was on its way when they were. */
const MOST_REMEMBERED = 1000;

/** Submissions that can be cancelled together. */
export interface Groups {
  /** The signal of one more member, aborted already when its group was cancelled before; null is no group. */
  join: (group: string | null) => { signal: AbortSignal; leave: () => void };
  /** Aborts the members; how many there were. */
  cancel: (group: string) => number;
}

/** Groups without members; the last thousand that were cancelled stay so. */
export function createGroups(): Groups {
  const members = new Map<string, Set<AbortController>>();
  const cancelled = new Set<string>();
  return {
    join: (group) => {
      const own = new AbortController();
      if (group === null) return { signal: own.signal, leave: () => undefined };
      const all = members.get(group) ?? new Set();
      members.set(group, all.add(own));
      if (cancelled.has(group)) own.abort(new Error('cancelled'));
      const leave = () => {
        all.delete(own);
        if (all.size === 0 && members.get(group) === all) members.delete(group);
      };
      return { signal: own.signal, leave };
    },
    cancel: (group) => {
      const [oldest] = cancelled;
      if (oldest !== undefined && cancelled.size >= MOST_REMEMBERED) cancelled.delete(oldest);
      cancelled.add(group);
      const all = [...(members.get(group) ?? [])];
      for (const member of all) member.abort(new Error('cancelled'));
      return all.length;
    },
  };
}
