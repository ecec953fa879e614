import type { ProblemDetail } from '@coding-platform/api/schema/problems';
import { CodeEditor } from '~/components/code-editor';
import { FailureNotice } from '~/components/failure-notice';
import type { WorkspaceSettings } from '~/features/problems/workspace-settings';
import { HistoryList } from '~/features/submissions/history-list';
import { SubmissionPanel } from '~/features/submissions/submission-panel';
import type { useHistory } from '~/features/submissions/use-history';

interface HistoryPaneProps {
  problem: ProblemDetail;
  history: ReturnType<typeof useHistory>;
  settings: WorkspaceSettings;
  onRestore: (languageId: number, sourceCode: string) => void;
}

const ignore = () => {};

/** The learner's submissions of this problem; one of them can be opened beside the editor. */
export function HistoryPane({ problem, history, settings, onRestore }: HistoryPaneProps) {
  const { opened, list, more } = history;
  if (opened?.ok) {
    const detail = opened.value;
    const language = problem.languages.find(({ id }) => id === detail.languageId);
    return (
      <SubmissionPanel
        detail={detail}
        limits={{
          timeLimitMs: language?.timeLimitMs ?? problem.timeLimitMs,
          memoryLimitKb: problem.memoryLimitKb,
        }}
        code={
          <CodeEditor
            label={`Submitted code, ${detail.languageName}`}
            text={detail.sourceCode}
            onChange={ignore}
            readOnly
            fit
            mode={language?.editorMode ?? 'text'}
            settings={settings}
            theme={settings.theme}
          />
        }
        onRestore={() => onRestore(detail.languageId, detail.sourceCode)}
        onBack={history.close}
      />
    );
  }
  return (
    <>
      {opened && (
        <div className="p-4">
          <FailureNotice failure={opened.failure} signInTo={`/problems/${problem.slug}`} />
        </div>
      )}
      <HistoryList
        problemSlug={problem.slug}
        submissions={list.submissions}
        onMore={more && (() => void more())}
        onOpen={(id) => void history.open(id)}
      />
    </>
  );
}
