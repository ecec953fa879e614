import { useCallback, useState } from 'react';
import { createStoredValue } from '~/lib/stored-value';

export type PhoneTab = 'problem' | 'code' | 'results';
export type ProblemTab = 'statement' | 'history';
export type ResultsTab = 'result' | 'input';
type Pane = 'problem' | 'results';

const hiddenPanes = createStoredValue<readonly Pane[]>(
  'workspace.hidden',
  (text) => (['problem', 'results'] as const).filter((pane) => text?.split(' ').includes(pane)),
  (panes) => panes.join(' '),
);

/** Which panes and tabs are shown. Hidden panes are remembered in this browser, tabs are not. */
export const useWorkspaceLayout = () => {
  const [phoneTab, setPhoneTab] = useState<PhoneTab>('problem');
  const [problemTab, setProblemTab] = useState<ProblemTab>('statement');
  const [resultsTab, setResultsTab] = useState<ResultsTab>('result');
  const hidden = hiddenPanes.useValue();

  const setPane = useCallback((name: Pane, show: boolean) => {
    const others = hiddenPanes.read().filter((pane) => pane !== name);
    hiddenPanes.write(show ? others : [...others, name]);
  }, []);
  const showResults = useCallback(
    (tab: ResultsTab) => {
      setResultsTab(tab);
      setPhoneTab('results');
      setPane('results', true);
    },
    [setPane],
  );

  return {
    phoneTab,
    setPhoneTab,
    problemTab,
    setProblemTab,
    resultsTab,
    setResultsTab,
    problemHidden: hidden.includes('problem'),
    resultsHidden: hidden.includes('results'),
    setPane,
    showResults,
  };
};

export type WorkspaceLayout = ReturnType<typeof useWorkspaceLayout>;
