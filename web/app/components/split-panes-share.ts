import { createStoredValue, type StoredValue } from '~/lib/stored-value';

const smallest = 15;
const largest = 85;
const step = 3;

/** A share in percent at which both panes can still be used. */
export const clampShare = (share: number): number => Math.min(largest, Math.max(smallest, share));

/** The share after a key on the divider; null for keys that do not move it. */
export const keyedShare = (key: string, share: number, direction: 'row' | 'column'): number | null => {
  const [less, more] = direction === 'row' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
  switch (key) {
    case less:
      return share - step;
    case more:
      return share + step;
    case 'Home':
      return smallest;
    case 'End':
      return largest;
    default:
      return null;
  }
};

const shares = new Map<string, StoredValue<number | null>>();

/** The share that the browser remembers under this key; null when there is none. */
export const storedShare = (key: string): StoredValue<number | null> => {
  const known = shares.get(key);
  if (known) return known;
  const share = createStoredValue<number | null>(
    key,
    (text) => {
      const parsed = Number.parseFloat(text ?? '');
      return Number.isFinite(parsed) ? clampShare(parsed) : null;
    },
    (value) => (value === null ? '' : value.toFixed(1)),
  );
  shares.set(key, share);
  return share;
};
