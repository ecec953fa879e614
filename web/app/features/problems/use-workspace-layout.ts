import { useCallback, useEffect, useState } from 'react';

export type PhoneTab = 'problem' | 'code' | 'results';
export type ProblemTab = 'statement' | 'history';
export type ResultsTab = 'result' | 'input';

const storageKey = 'workspace.hidden';

const readHidden = (): Set<string> => {
  try {
    return new Set((localStorage.getItem(storageKey) ?? '').split(' ').filter(Boolean));
  } catch {
    return new Set();
  }
};

const writeHidden = (names: Set<string>) => {
  try {
    localStorage.setItem(storageKey, [...names].join(' '));
  } catch {
    // The panes are then all shown next time.
  }
};

/** Which panes and tabs are shown. Hidden panes are remembered in this browser, tabs are not. */
export const useWorkspaceLayout = () => {
  const [phoneTab, setPhoneTab] = useState<PhoneTab>('problem');
  const [problemTab, setProblemTab] = useState<ProblemTab>('statement');
  const [resultsTab, setResultsTab] = useState<ResultsTab>('result');
  const [hidden, setHidden] = useState<Set<string>>(new Set());
  useEffect(() => setHidden(readHidden()), []);

  const setPane = useCallback((name: 'problem' | 'results', show: boolean) => {
    const names = readHidden();
    if (show) names.delete(name);
    else names.add(name);
    writeHidden(names);
    setHidden(names);
  }, []);

  const showResults = useCallback(
    (tab: ResultsTab) => {
      setResultsTab(tab);
      setPhoneTab('results');
      setPane('results', true);
    },
    [setPane],
  );
  const showHistory = useCallback(() => {
    setProblemTab('history');
    setPhoneTab('problem');
    setPane('problem', true);
  }, [setPane]);

  return {
    phoneTab,
    setPhoneTab,
    problemTab,
    setProblemTab,
    resultsTab,
    setResultsTab,
    problemHidden: hidden.has('problem'),
    resultsHidden: hidden.has('results'),
    setPane,
    showResults,
    showHistory,
  };
};

export type WorkspaceLayout = ReturnType<typeof useWorkspaceLayout>;
