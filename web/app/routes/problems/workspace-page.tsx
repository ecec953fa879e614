import type { Draft } from '@coding-platform/api/schema/drafts';
import type { ProblemDetail } from '@coding-platform/api/schema/problems';
import type { SubmissionList } from '@coding-platform/api/schema/submissions';
import { useLocation } from '@remix-run/react';
import { useEffect, useState, type FormEvent } from 'react';
import { CodeEditor } from '~/components/code-editor';
import { KeyHelp } from '~/components/key-help';
import { DraftBanner } from '~/features/drafts/draft-banner';
import { DraftConflict } from '~/features/drafts/draft-conflict';
import { DraftStatus } from '~/features/drafts/draft-status';
import { useDraft } from '~/features/drafts/use-draft';
import { rememberLanguage } from '~/features/problems/choose-language';
import { EditorToolbar } from '~/features/problems/editor-toolbar';
import { ResetDialog } from '~/features/problems/reset-dialog';
import { RunBar, SendReason } from '~/features/problems/run-bar';
import { SettingsDialog } from '~/features/problems/settings-dialog';
import { SiblingStrip } from '~/features/problems/sibling-strip';
import { Statement } from '~/features/problems/statement';
import { TextNotice } from '~/features/problems/text-notice';
import { useProgress } from '~/features/problems/use-progress';
import { useReplacedText } from '~/features/problems/use-replaced-text';
import { useWorkspaceKeys } from '~/features/problems/use-workspace-keys';
import { useWorkspaceLayout } from '~/features/problems/use-workspace-layout';
import { Workspace } from '~/features/problems/workspace';
import { workspaceSettings } from '~/features/problems/workspace-settings';
import { OwnInput } from '~/features/runs/own-input';
import type { ProgramRun } from '~/features/runs/program-run';
import { useHistory } from '~/features/submissions/use-history';
import type { Failure, Outcome } from '~/lib/outcome';
import { useScripted } from '~/lib/use-scripted';
import { HistoryPane } from './history-pane';
import { ResultsPane } from './results-pane';
import { useSending } from './use-sending';

/** What the form without script sent, and what came of it. */
export interface Posted {
  languageId: number;
  sourceCode: string;
  stdin: string;
  /** The draft as saved on the way; null when it was not. */
  draft: Draft | null;
  run: Outcome<ProgramRun> | null;
  failure: Failure | null;
}

export interface WorkspacePageProps {
  problem: ProblemDetail;
  statementHtml: string;
  history: SubmissionList;
  languageId: number;
  draft: Draft | null;
  restored: { id: string; sourceCode: string } | null;
  userKey: string;
  posted: Posted | null;
}

const formId = 'program';

/** The draft that the page starts with, or what the form without script has just sent. */
const useOwnDraft = (
  { problem, posted, restored, ...loaded }: WorkspacePageProps,
  onReplaced: (before: string) => void,
) => {
  const languageId = posted?.languageId ?? loaded.languageId;
  const nothing: Draft = {
    problemSlug: problem.slug,
    languageId,
    sourceCode: '',
    version: 0,
    updatedAt: null,
  };
  return useDraft({
    userKey: loaded.userKey,
    problemSlug: problem.slug,
    maxBytes: problem.maxSourceBytes,
    starterCode: (id) => problem.languages.find((language) => language.id === id)?.starterCode ?? '',
    initial: {
      languageId,
      draft: (posted ? posted.draft : loaded.draft) ?? nothing,
      text: posted?.sourceCode ?? restored?.sourceCode ?? null,
    },
    onReplaced,
  });
};

const restoredText = 'The code of your submission is in the editor.';

/** Puts the address back to the problem's own: a reload must not restore the old code again. */
const useForgetRestore = (restored: boolean) => {
  useEffect(() => {
    if (restored) window.history.replaceState(window.history.state, '', window.location.pathname);
  }, [restored]);
};

/** One problem: its statement, the editor and what comes of running and submitting. */
export function WorkspacePage(props: WorkspacePageProps) {
  const { restored, posted } = props;
  const [problem, refreshProgress] = useProgress(props.problem);
  const text = useReplacedText();
  const draft = useOwnDraft(props, (before) => restored && text.note(restoredText, before));
  const { state, keeper, languageId } = draft;
  const language = problem.languages.find(({ id }) => id === languageId);
  const languageName = language?.name ?? 'no language';
  const scripted = useScripted();
  const settings = workspaceSettings.useValue();
  const layout = useWorkspaceLayout();
  const history = useHistory(problem.slug, props.history);
  const [stdin, setStdin] = useState(posted?.stdin ?? '');
  const [dialog, setDialog] = useState<'keys' | 'settings' | 'reset' | null>(null);
  const signInTo = useLocation().pathname;
  const sending = useSending({
    problem,
    language,
    program: { languageId, sourceCode: state.text, stdin },
    loading: draft.loading,
    scripted,
    posted,
    onShow: () => layout.showResults('result'),
    onOver: () => {
      void refreshProgress();
      void history.refresh();
    },
  });
  useForgetRestore(restored !== null);
  useWorkspaceKeys({ onRun: sending.run, onSubmit: sending.submit, onHelp: () => setDialog('keys') });

  const replaceText = (code: string, message: string) => {
    if (code === state.text) return;
    text.note(message, state.text);
    keeper.edit(code);
  };
  const undoReplace = () => {
    if (text.replaced) keeper.edit(text.replaced.before);
    text.close();
  };
  const onLanguage = (id: number) => {
    rememberLanguage(id);
    text.close();
    void draft.selectLanguage(id);
  };
  const restore = (id: number, code: string) => {
    if (id === languageId) return replaceText(code, restoredText);
    rememberLanguage(id);
    void draft.selectLanguage(id, { text: code, onReplaced: (before) => text.note(restoredText, before) });
  };
  const onForm = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    if (button?.value === 'submit') sending.submit();
    else sending.run();
  };

  return (
    <>
      <form id={formId} method="post" onSubmit={onForm}>
        <input type="hidden" name="draftVersion" value={state.version} readOnly />
      </form>
      <Workspace
        layout={layout}
        scripted={scripted}
        strip={<SiblingStrip problem={problem} />}
        statement={<Statement problem={problem} statementHtml={props.statementHtml} language={language} />}
        history={<HistoryPane problem={problem} history={history} onRestore={restore} settings={settings} />}
        historyCount={history.list.submissions.length}
        toolbar={
          <EditorToolbar
            form={formId}
            languages={problem.languages}
            languageId={languageId}
            onLanguage={onLanguage}
            status={<DraftStatus state={state} />}
            scripted={scripted}
            onReset={() => setDialog('reset')}
            onSettings={() => setDialog('settings')}
            onKeys={() => setDialog('keys')}
          >
            <RunBar form={formId} {...sending.bar} />
          </EditorToolbar>
        }
        aboveEditor={
          <>
            <SendReason blocked={state.phase === 'too_large' ? null : sending.bar.blocked} />
            <DraftBanner state={state} signInTo={signInTo} maxBytes={problem.maxSourceBytes} />
            {text.replaced && (
              <TextNotice text={text.replaced.text} onUndo={undoReplace} onClose={text.close} />
            )}
          </>
        }
        editor={
          <>
            <CodeEditor
              key={languageId}
              name="sourceCode"
              form={formId}
              label={`Code editor, ${languageName}`}
              text={draft.loading ? '' : state.text}
              onChange={keeper.edit}
              readOnly={draft.loading}
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
                  onTakeTheirs={() => {
                    text.note('The other version is in the editor.', state.text);
                    keeper.takeTheirs();
                  }}
                />
              </div>
            )}
          </>
        }
        spoken={sending.spoken}
        results={
          <ResultsPane
            form={formId}
            sending={sending}
            problem={problem}
            language={language}
            signInTo={signInTo}
          />
        }
        ownInput={<OwnInput form={formId} value={stdin} onChange={setStdin} />}
      />
      {dialog === 'keys' && <KeyHelp onClose={() => setDialog(null)} />}
      {dialog === 'settings' && (
        <SettingsDialog
          settings={settings}
          onChange={(part) => workspaceSettings.write({ ...settings, ...part })}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'reset' && (
        <ResetDialog
          languageName={languageName}
          onClose={() => setDialog(null)}
          onReset={() => {
            setDialog(null);
            replaceText(language?.starterCode ?? '', 'The starter code is back.');
          }}
        />
      )}
    </>
  );
}
