import type { Extension } from '@codemirror/state';

/** What the api calls an editor mode. */
export type EditorMode = 'python' | 'c' | 'cpp' | 'java' | 'javascript' | 'shell' | 'text';

/** Loads a language's highlighting and indentation, and nothing of the others. */
export const loadLanguage = async (mode: EditorMode): Promise<Extension> => {
  switch (mode) {
    case 'python':
      return (await import('@codemirror/lang-python')).python();
    case 'c':
    case 'cpp':
      return (await import('@codemirror/lang-cpp')).cpp();
    case 'java':
      return (await import('@codemirror/lang-java')).java();
    case 'javascript':
      return (await import('@codemirror/lang-javascript')).javascript();
    case 'shell': {
      const [{ StreamLanguage }, { shell }] = await Promise.all([
        import('@codemirror/language'),
        import('@codemirror/legacy-modes/mode/shell'),
      ]);
      return StreamLanguage.define(shell);
    }
    case 'text':
      return [];
  }
};

export type KeyBindings = 'default' | 'vim' | 'emacs';

/** Loads another editor's keys; the default ones need nothing. */
export const loadKeyBindings = async (keys: KeyBindings): Promise<Extension> => {
  switch (keys) {
    case 'vim':
      return (await import('@replit/codemirror-vim')).vim();
    case 'emacs':
      return (await import('@replit/codemirror-emacs')).emacs();
    case 'default':
      return [];
  }
};
