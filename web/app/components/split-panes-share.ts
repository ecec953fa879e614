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

/** The remembered share; null when there is none or storage is forbidden. */
export const readShare = (key: string): number | null => {
  try {
    const share = Number.parseFloat(localStorage.getItem(key) ?? '');
    return Number.isFinite(share) ? clampShare(share) : null;
  } catch {
    return null;
  }
};

/** Remembers the share where the browser allows it. */
export const writeShare = (key: string, share: number): void => {
  try {
    localStorage.setItem(key, share.toFixed(1));
  } catch {
    // The pane then has its default size next time.
  }
};
