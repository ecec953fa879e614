import type { FormEvent } from 'react';
import { OwnerField } from '~/components/post-form';
import { DraftStatus } from '~/features/drafts/draft-status';
import { EditorToolbar } from '~/features/problems/editor-toolbar';
import { RunBar } from '~/features/problems/run-bar';
import { SiblingStrip } from '~/features/problems/sibling-strip';
import { Statement } from '~/features/problems/statement';
import { Workspace } from '~/features/problems/workspace';
import { workspaceSettings } from '~/features/problems/workspace-settings';
import { OwnInput } from '~/features/runs/own-input';
import { AboveEditor, EditorPane } from './editor-pane';
import { HistoryPane } from './history-pane';
import { ResultsPane } from './results-pane';
import { useWorkspace, type WorkspacePageProps, type WorkspaceState } from './use-workspace';
import { WorkspaceDialogs } from './workspace-dialogs';

const formId = 'program';

function Toolbar({ workspace }: { workspace: WorkspaceState }) {
  const { problem, code, scripted, sending, setDialog } = workspace;
  return (
    <EditorToolbar
      form={formId}
      languages={problem.languages}
      languageId={code.languageId}
      onLanguage={code.selectLanguage}
      status={<DraftStatus state={code.state} />}
      scripted={scripted}
      onReset={() => setDialog('reset')}
      onSettings={() => setDialog('settings')}
      onKeys={() => setDialog('keys')}
    >
      <RunBar form={formId} {...sending.bar} />
    </EditorToolbar>
  );
}

/** One problem: its statement, the editor and what comes of running and submitting. */
export function WorkspacePage(props: WorkspacePageProps) {
  const workspace = useWorkspace(props);
  const { problem, language, code, scripted, layout, history, sending, signInTo } = workspace;
  const settings = workspaceSettings.useValue();
  const onForm = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    if (button?.value === 'submit') sending.submit();
    else sending.run();
  };
  return (
    <>
      {/* eslint-disable-next-line no-restricted-syntax -- names its owner in a field of its own */}
      <form id={formId} method="post" onSubmit={onForm}>
        <OwnerField />
        <input type="hidden" name="draftVersion" value={code.state.version} readOnly />
      </form>
      <Workspace
        title={problem.title}
        layout={layout}
        scripted={scripted}
        strip={<SiblingStrip problem={problem} />}
        statement={
          <Statement
            problem={problem}
            statementHtml={props.statementHtml}
            language={language}
            onUseInput={
              scripted
                ? (input) => {
                    workspace.setStdin(input);
                    layout.showResults('input');
                  }
                : undefined
            }
          />
        }
        history={
          <HistoryPane problem={problem} history={history} onRestore={code.restore} settings={settings} />
        }
        historyCount={history.list.submissions.length}
        toolbar={<Toolbar workspace={workspace} />}
        aboveEditor={<AboveEditor workspace={workspace} />}
        editor={<EditorPane form={formId} workspace={workspace} settings={settings} />}
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
        ownInput={<OwnInput form={formId} value={workspace.stdin} onChange={workspace.setStdin} />}
      />
      <WorkspaceDialogs workspace={workspace} settings={settings} />
    </>
  );
}
