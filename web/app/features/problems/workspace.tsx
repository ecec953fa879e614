import type { ReactNode } from 'react';
import { SplitPanes } from '~/components/split-panes';
import { ViewTabs } from '~/components/view-tabs';
import type { WorkspaceLayout } from './use-workspace-layout';
import './workspace.css';

export interface WorkspaceProps {
  /** The problem's, on every tab. */
  title: string;
  layout: WorkspaceLayout;
  scripted: boolean;
  strip: ReactNode;
  statement: ReactNode;
  history: ReactNode;
  historyCount: number;
  toolbar: ReactNode;
  /** Banner, notice and, over all, the choice in a conflict. */
  aboveEditor: ReactNode;
  editor: ReactNode;
  /** What is said when results change. */
  spoken: string;
  results: ReactNode;
  ownInput: ReactNode;
}

const paneShapes = { Problem: 'M2.5 2.5h4.5v9h-4.5z', Results: 'M8.5 7.5h5v4h-5z' };

interface PaneToggleProps {
  shown: boolean;
  name: keyof typeof paneShapes;
  onToggle: () => void;
}

function PaneToggle({ shown, name, onToggle }: PaneToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={shown}
      onClick={onToggle}
      className="workspace-only-wide min-h-8 rounded-md px-2 text-sm text-muted hover:bg-sunken hover:text-ink aria-pressed:text-ink"
    >
      <svg viewBox="0 0 16 14" aria-hidden="true" className="mr-1.5 inline h-3.5 w-4">
        <rect
          x="0.75"
          y="0.75"
          width="14.5"
          height="12.5"
          rx="2"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
        <path d={paneShapes[name]} fill="currentColor" opacity={shown ? 1 : 0.25} />
      </svg>
      {name}
    </button>
  );
}

function ProblemPane({ layout, scripted, statement, history, historyCount }: WorkspaceProps) {
  return (
    <section className="workspace-section" data-pane="problem" aria-label="Problem">
      <ViewTabs
        label="Problem"
        tabs={[
          { name: 'statement', label: 'Task', controls: 'statement' },
          { name: 'history', label: 'My submissions', controls: 'history', badge: historyCount },
        ]}
        selected={layout.problemTab}
        onSelect={layout.setProblemTab}
        className={`border-b border-line px-2 ${scripted ? '' : 'invisible'}`}
      />
      <div className="workspace-scroll">
        <div id="statement" hidden={scripted && layout.problemTab !== 'statement'}>
          {statement}
        </div>
        <div id="history" hidden={scripted && layout.problemTab !== 'history'}>
          <h2 className={scripted ? 'sr-only' : 'px-4 pt-4 font-semibold'}>My submissions</h2>
          {history}
        </div>
      </div>
    </section>
  );
}

function CodePane({ toolbar, aboveEditor, editor }: WorkspaceProps) {
  return (
    <section id="code" className="workspace-section" data-pane="code" aria-label="Code">
      {toolbar}
      {aboveEditor}
      <div className="workspace-editor">{editor}</div>
    </section>
  );
}

function ResultsPane({ layout, scripted, spoken, results, ownInput }: WorkspaceProps) {
  return (
    <section className="workspace-section" data-pane="results" aria-label="Results">
      <ViewTabs
        label="Results"
        tabs={[
          { name: 'result', label: 'Results', controls: 'result' },
          { name: 'input', label: 'Own input', controls: 'input' },
        ]}
        selected={layout.resultsTab}
        onSelect={layout.setResultsTab}
        className={`border-b border-line px-2 ${scripted ? '' : 'invisible'}`}
      />
      <p role="status" className="sr-only">
        {spoken}
      </p>
      <div className="workspace-scroll">
        <div id="result" hidden={scripted && layout.resultsTab !== 'result'}>
          {results}
        </div>
        <div id="input" className="h-full" hidden={scripted && layout.resultsTab !== 'input'}>
          {ownInput}
        </div>
      </div>
    </section>
  );
}

/** The panes: the problem on the left, the code on the right, results below it; on a phone one at a time. */
export function Workspace(props: WorkspaceProps) {
  const { layout, scripted } = props;
  return (
    <div className="workspace" data-scripted={scripted || undefined} data-phone-tab={layout.phoneTab}>
      <h1 className="sr-only">{props.title}</h1>
      <div className="flex min-h-11 items-center gap-x-2 px-3 lg:px-4">
        <div className="min-w-0 flex-1">{props.strip}</div>
        <span className={scripted ? '' : 'invisible'}>
          <PaneToggle
            name="Problem"
            shown={!layout.problemHidden}
            onToggle={() => layout.setPane('problem', layout.problemHidden)}
          />
          <PaneToggle
            name="Results"
            shown={!layout.resultsHidden}
            onToggle={() => layout.setPane('results', layout.resultsHidden)}
          />
        </span>
      </div>
      <ViewTabs
        label="Panes"
        tabs={[
          { name: 'problem', label: 'Problem', controls: 'statement' },
          { name: 'code', label: 'Code', controls: 'code' },
          { name: 'results', label: 'Results', controls: 'result' },
        ]}
        selected={layout.phoneTab}
        onSelect={layout.setPhoneTab}
        className={`workspace-phone-tabs border-b border-line px-2 ${scripted ? '' : 'invisible'}`}
      />
      <div className="workspace-panes">
        <SplitPanes
          direction="row"
          label="problem and code"
          storageKey="workspace.columns"
          defaultShare={42}
          hidden={layout.problemHidden ? 'first' : null}
          first={<ProblemPane {...props} />}
          second={
            <SplitPanes
              direction="column"
              label="code and results"
              storageKey="workspace.rows"
              defaultShare={56}
              hidden={layout.resultsHidden ? 'second' : null}
              first={<CodePane {...props} />}
              second={<ResultsPane {...props} />}
            />
          }
        />
      </div>
    </div>
  );
}
