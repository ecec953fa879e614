import type { Slot } from '../sandbox/types.js';

interface Waiter {
  order: number;
  take: (slot: Slot) => void;
}

/** The machine's places to run, handed out to the oldest submission first. */
export interface SlotPool {
  /** Runs `work` when a slot is free. A submission keeps its `order`, so its run does not queue behind later ones. */
  use: <T>(order: number, work: (slot: Slot) => Promise<T>) => Promise<T>;
  busy: () => number;
  size: number;
}

/** A pool over these slots. */
export function createSlotPool(slots: Slot[]): SlotPool {
  const free = [...slots];
  const waiters: Waiter[] = [];

  const acquire = (order: number): Promise<Slot> => {
    const slot = free.shift();
    if (slot) return Promise.resolve(slot);
    return new Promise((take) => {
      let at = waiters.length;
      while (at > 0 && (waiters[at - 1] as Waiter).order > order) at--;
      waiters.splice(at, 0, { order, take });
    });
  };
  const release = (slot: Slot) => {
    const next = waiters.shift();
    if (next) next.take(slot);
    else free.push(slot);
  };

  return {
    size: slots.length,
    busy: () => slots.length - free.length,
    use: async (order, work) => {
      const slot = await acquire(order);
      try {
        return await work(slot);
      } finally {
        release(slot);
      }
    },
  };
}
