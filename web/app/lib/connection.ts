import { useSyncExternalStore } from 'react';

/** Why the page waits. `unsent`: a form is held, which may have arrived or not; its sender decides. */
export interface Trouble {
  kind: 'offline' | 'restarting';
  unsent: { resend: () => void } | null;
}

let current: Trouble | null = null;
let waiting = 0;
const listeners = new Set<() => void>();

const set = (next: Trouble | null) => {
  current = next;
  listeners.forEach((listener) => listener());
};

/** Tells the page that something waits for the server; the answer ends it. */
export const startTrouble = (): {
  tell: (kind: Trouble['kind'], unsent: Trouble['unsent']) => void;
  end: () => void;
} => {
  let open = true;
  waiting += 1;
  return {
    tell: (kind, unsent) => {
      if (open) set({ kind, unsent });
    },
    end: () => {
      if (!open) return;
      open = false;
      waiting -= 1;
      if (waiting === 0) set(null);
    },
  };
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** What keeps the page waiting, or null. */
export const useTrouble = (): Trouble | null =>
  useSyncExternalStore(
    subscribe,
    () => current,
    () => null,
  );
