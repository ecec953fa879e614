import { createStoredValue } from '~/lib/stored-value';

export interface WorkspaceSettings {
  fontSize: number;
  tabSize: 2 | 4 | 8;
  theme: 'page' | 'light' | 'dark';
  keys: 'default' | 'vim' | 'emacs';
}

export const fontSizes = [12, 13, 14, 15, 16, 18, 20, 24];
export const tabSizes = [2, 4, 8] as const;

const defaults: WorkspaceSettings = { fontSize: 14, tabSize: 4, theme: 'page', keys: 'default' };

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

/** The learner's settings of the workspace, remembered in this browser. */
export const workspaceSettings = createStoredValue('workspace.settings', parseSettings, JSON.stringify);
