import { useSyncExternalStore } from 'react';

export interface StoredValue<T> {
  read: () => T;
  write: (value: T) => void;
  /** In a component: the fallback on the server and while the page is taken over, the stored value from then on. */
  useValue: () => T;
}

/**
 * A value that this browser remembers. `parse` gets the stored text, or null, and answers a usable value whatever it
 * is. Where storage is forbidden or full, the value lives as long as the page.
 */
export const createStoredValue = <T>(
  key: string,
  parse: (text: string | null) => T,
  print: (value: T) => string,
): StoredValue<T> => {
  const fallback = parse(null);
  const listeners = new Set<() => void>();
  let current: T | undefined;

  const read = (): T => {
    try {
      current ??= parse(localStorage.getItem(key));
    } catch {
      current ??= fallback;
    }
    return current;
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  return {
    read,
    write: (value) => {
      current = value;
      try {
        localStorage.setItem(key, print(value));
      } catch {
        // See above.
      }
      listeners.forEach((listener) => listener());
    },
    useValue: () => useSyncExternalStore(subscribe, read, () => fallback),
  };
};
