import { useCallback, useSyncExternalStore } from 'react';

export interface WorkspaceSettings {
  fontSize: number;
  tabSize: 2 | 4 | 8;
  theme: 'page' | 'light' | 'dark';
  keys: 'default' | 'vim' | 'emacs';
}

export const fontSizes = [12, 13, 14, 15, 16, 18, 20, 24];
export const tabSizes = [2, 4, 8] as const;

const defaults: WorkspaceSettings = { fontSize: 14, tabSize: 4, theme: 'page', keys: 'default' };
const storageKey = 'workspace.settings';

/** Settings from storage: whatever is missing, unknown or broken is the default. */
export const parseSettings = (json: string | null): WorkspaceSettings => {
  let value: Partial<Record<keyof WorkspaceSettings, unknown>> = {};
  try {
    value = (JSON.parse(json ?? '{}') ?? {}) as typeof value;
  } catch {
    return defaults;
  }
  const oneOf = <T>(known: readonly T[], wanted: unknown, fallback: T): T =>
    known.includes(wanted as T) ? (wanted as T) : fallback;
  return {
    fontSize: oneOf(fontSizes, value.fontSize, defaults.fontSize),
    tabSize: oneOf(tabSizes, value.tabSize, defaults.tabSize),
    theme: oneOf(['page', 'light', 'dark'], value.theme, defaults.theme),
    keys: oneOf(['default', 'vim', 'emacs'], value.keys, defaults.keys),
  };
};

let cached: WorkspaceSettings | null = null;
const listeners = new Set<() => void>();

const read = (): WorkspaceSettings => {
  try {
    cached ??= parseSettings(localStorage.getItem(storageKey));
  } catch {
    cached ??= defaults;
  }
  return cached;
};

const write = (next: WorkspaceSettings) => {
  cached = next;
  try {
    localStorage.setItem(storageKey, JSON.stringify(next));
  } catch {
    // They then hold until the page is left.
  }
  listeners.forEach((listener) => listener());
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The learner's settings of the workspace, remembered in this browser. The server renders with the defaults. */
export const useWorkspaceSettings = () => {
  const settings = useSyncExternalStore(subscribe, read, () => defaults);
  const change = useCallback((part: Partial<WorkspaceSettings>) => write({ ...read(), ...part }), []);
  return { settings, change };
};
