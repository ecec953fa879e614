import type { Slot } from '../sandbox/types.js';

/** run: somebody looks at the screen; such programs have places that no other takes. */
export type Lane = 'run' | 'ordinary';

/** Who asks for a place. */
export interface Asking {
  /** The lowest goes first. */
  order: number;
  lane?: Lane;
  /** Aborted, it gives up what it waits for. */
  signal?: AbortSignal | undefined;
}

/** The machine's places to run, handed out to the oldest submission first. */
export interface SlotPool {
  /**
   * Calls `work` with a slot to make a box in and with `turn`, which resolves when the box may run its program. A
   * submission keeps its `order`, so its run does not queue behind later ones. Rejects with the signal's reason.
   */
  use: <T>(asking: Asking, work: (slot: Slot, turn: () => Promise<void>) => Promise<T>) => Promise<T>;
  /** How many of `size` have their turn. */
  busy: () => number;
  /** How many can have their turn at once, without the places of the lane `run`. */
  size: number;
}

interface Place<T> {
  item: T;
  runsOnly: boolean;
}

/**
 * A pool in which `size` programs run at once, and `runPlaces` more of the lane `run`. Slots beyond that number are for
 * the next boxes, which the kernel makes while programs run: much of that time is waiting, and a core would stand still.
 */
export function createSlotPool(slots: Slot[], size: number, runPlaces = 0): SlotPool {
  const kept = Math.round((slots.length * runPlaces) / (size + runPlaces));
  const places = createQueue(slots.map((item, at) => ({ item, runsOnly: at >= slots.length - kept })));
  const turns = createQueue(
    Array.from({ length: size + runPlaces }, (_unused, item) => ({ item, runsOnly: item >= size })),
  );
  return {
    size,
    busy: () => size - turns.free(),
    use: async (asking, work) => {
      const slot = await places.acquire(asking);
      let mine: Promise<Place<number>> | undefined;
      const turn = async () => void (await (mine ??= turns.acquire(asking)));
      try {
        return await work(slot.item, turn);
      } finally {
        // A box that broke while it waited gets its turn later, and gives it back then.
        if (mine) void mine.then(turns.release, () => undefined);
        places.release(slot);
      }
    },
  };
}

interface Waiter<T> {
  asking: Asking;
  take: (place: Place<T>) => void;
}

const fits = ({ lane }: Asking, { runsOnly }: { runsOnly: boolean }) => !runsOnly || lane === 'run';

/** Items that are handed out one by one, to the lowest order first. */
function createQueue<T>(items: Place<T>[]) {
  // Those of the lane first, so that a run leaves the others their places.
  const free = [...items].sort((one, other) => Number(other.runsOnly) - Number(one.runsOnly));
  const waiters: Waiter<T>[] = [];
  return {
    /** Without those of the lane `run`. */
    free: () => free.filter(({ runsOnly }) => !runsOnly).length,
    acquire: (asking: Asking): Promise<Place<T>> => {
      const { signal, order } = asking;
      if (signal?.aborted) return Promise.reject(signal.reason as Error);
      const at = free.findIndex((place) => fits(asking, place));
      if (at >= 0) return Promise.resolve(free.splice(at, 1)[0] as Place<T>);
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          waiters.splice(waiters.indexOf(waiter), 1);
          reject(signal?.reason as Error);
        };
        const waiter: Waiter<T> = {
          asking,
          take: (place) => {
            signal?.removeEventListener('abort', giveUp);
            resolve(place);
          },
        };
        signal?.addEventListener('abort', giveUp, { once: true });
        const behind = waiters.findIndex((other) => other.asking.order > order);
        waiters.splice(behind < 0 ? waiters.length : behind, 0, waiter);
      });
    },
    release: (place: Place<T>) => {
      const next = waiters.findIndex(({ asking }) => fits(asking, place));
      if (next >= 0) waiters.splice(next, 1)[0]?.take(place);
      else if (place.runsOnly) free.unshift(place);
      else free.push(place);
    },
  };
}
