import { AppError } from '../../lib/app-error.js';

/** Who waits for a run. */
export interface Asking {
  person: string;
  course: string;
  /** Told of each new place in the queue, 1 is the next. */
  onPlace: (position: number) => void;
  /** Aborted, it gives up its place. */
  signal: AbortSignal;
}

interface Waiter extends Asking {
  arrival: number;
  start: (done: () => void) => void;
}

const mostWaiting = 500;

const count = (counts: Map<string, number>, key: string, by: number): number => {
  const value = (counts.get(key) ?? 0) + by;
  if (value === 0) counts.delete(key);
  else counts.set(key, value);
  return value;
};

/**
 * Lets `size` runs at a time through. Turns are as those of submissions: first everyone's first, then everyone's second;
 * within these, courses take turns; what runs counts as a turn.
 */
export const createRunTurns = (size: number) => {
  const people = new Map<string, number>();
  const courses = new Map<string, number>();
  let waiting: Waiter[] = [];
  let running = 0;
  let arrivals = 0;

  const inOrder = (): Waiter[] => {
    const ofPeople = new Map(people);
    const byTurn = waiting.map((waiter) => ({ waiter, turn: count(ofPeople, waiter.person, 1) }));
    const ofCourses = new Map<string, number>();
    const ranked = byTurn.map(({ waiter, turn }) => {
      const place = count(ofCourses, `${turn} ${waiter.course}`, 1) + (courses.get(waiter.course) ?? 0);
      return { waiter, turn, place };
    });
    ranked.sort((a, b) => a.turn - b.turn || a.place - b.place || a.waiter.arrival - b.waiter.arrival);
    return ranked.map(({ waiter }) => waiter);
  };

  const proceed = (): void => {
    for (let next = inOrder()[0]; next && running < size; next = inOrder()[0]) {
      const started = next;
      waiting = waiting.filter((waiter) => waiter !== started);
      running += 1;
      count(people, started.person, 1);
      count(courses, started.course, 1);
      started.start(() => {
        running -= 1;
        count(people, started.person, -1);
        count(courses, started.course, -1);
        proceed();
      });
    }
    inOrder().forEach((waiter, at) => waiter.onPlace(at + 1));
  };

  return {
    /** Resolves at its turn with what is to be called when the run is over. Throws judge_unavailable, or AbortError. */
    take: (asking: Asking): Promise<() => void> => {
      if (waiting.length >= mostWaiting) {
        const retry = { retryAfterSeconds: 5 };
        throw new AppError('judge_unavailable', 'The judges are busy. Try again in a few seconds.', retry);
      }
      return new Promise((resolve, reject) => {
        const giveUp = (): void => {
          waiting = waiting.filter((one) => one !== waiter);
          reject(asking.signal.reason as Error);
          proceed();
        };
        const waiter: Waiter = {
          ...asking,
          arrival: (arrivals += 1),
          start: (done) => {
            asking.signal.removeEventListener('abort', giveUp);
            resolve(done);
          },
        };
        if (asking.signal.aborted) return reject(asking.signal.reason as Error);
        asking.signal.addEventListener('abort', giveUp, { once: true });
        waiting.push(waiter);
        proceed();
      });
    },
  };
};

export type RunTurns = ReturnType<typeof createRunTurns>;
