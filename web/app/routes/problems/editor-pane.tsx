import { CodeEditor } from '~/components/code-editor';
import { DraftBanner } from '~/features/drafts/draft-banner';
import { DraftConflict } from '~/features/drafts/draft-conflict';
import { OddCharactersNotice } from '~/features/problems/odd-characters-notice';
import { SendReason, WaitingSubmit } from '~/features/problems/run-bar';
import { TextNotice } from '~/features/problems/text-notice';
import type { WorkspaceSettings } from '~/features/problems/workspace-settings';
import type { WorkspaceState } from './use-workspace';

/** What the learner should know of the code, in words: why it cannot be sent or saved, what replaced it. */
export function AboveEditor({ workspace }: { workspace: WorkspaceState }) {
  const { code, problem, sending, signInTo } = workspace;
  const { state, replaced } = code;
  return (
    <>
      {/* The banner says the same of a program that is too large. */}
      <SendReason blocked={state.phase === 'too_large' ? null : sending.bar.blocked} />
      <WaitingSubmit {...sending.waiting} />
      <DraftBanner state={state} signInTo={signInTo} maxBytes={problem.maxSourceBytes} />
      <OddCharactersNotice
        code={state.text}
        onClean={(cleaned) => code.replace(cleaned, 'The characters were replaced.')}
      />
      {replaced && <TextNotice text={replaced.text} onUndo={code.undo} onClose={code.close} />}
    </>
  );
}

interface EditorPaneProps {
  form: string;
  workspace: WorkspaceState;
  settings: WorkspaceSettings;
}

/** The editor, and over it the choice between two versions when there are two. */
export function EditorPane({ form, workspace, settings }: EditorPaneProps) {
  const { code, language } = workspace;
  const { state, keeper } = code;
  return (
    <>
      <CodeEditor
        // Each language has its own undo history.
        key={code.languageId}
        name="sourceCode"
        form={form}
        label={`Code editor, ${language?.name ?? 'no language'}`}
        text={code.loading ? '' : state.text}
        onChange={keeper.edit}
        readOnly={code.loading}
        marks={workspace.sending.places}
        mode={language?.editorMode ?? 'text'}
        settings={settings}
        theme={settings.theme}
      />
      {state.theirs && (
        <div className="absolute inset-0 z-10">
          <DraftConflict
            mine={state.text}
            theirs={state.theirs}
            onKeepMine={keeper.keepMine}
            onTakeTheirs={code.takeTheirs}
          />
        </div>
      )}
    </>
  );
}
