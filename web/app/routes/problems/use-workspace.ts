import type { Draft } from '@coding-platform/api/schema/drafts';
import type { ProblemDetail } from '@coding-platform/api/schema/problems';
import type { SubmissionList } from '@coding-platform/api/schema/submissions';
import { useLocation } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { useDraft } from '~/features/drafts/use-draft';
import { rememberLanguage } from '~/features/problems/choose-language';
import { useProgress } from '~/features/problems/use-progress';
import { useReplacedText } from '~/features/problems/use-replaced-text';
import { useWorkspaceKeys } from '~/features/problems/use-workspace-keys';
import { useWorkspaceLayout } from '~/features/problems/use-workspace-layout';
import type { ProgramRun } from '~/features/runs/program-run';
import { useHistory } from '~/features/submissions/use-history';
import type { Failure, Outcome } from '~/lib/outcome';
import { useScripted } from '~/lib/use-scripted';
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

export type WorkspaceDialog = 'keys' | 'settings' | 'reset';

const restoredText = 'The code of your submission is in the editor.';

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

/** The draft, and what replaces it as a whole: each time the code that was there can be brought back. */
const useCode = (props: WorkspacePageProps) => {
  const { replaced, note, close } = useReplacedText();
  const draft = useOwnDraft(props, (before) => props.restored && note(restoredText, before));
  const { state, keeper } = draft;
  const replace = (code: string, message: string) => {
    if (code === state.text) return;
    note(message, state.text);
    keeper.edit(code);
  };
  const selectLanguage = (id: number) => {
    rememberLanguage(id);
    close();
    void draft.selectLanguage(id);
  };
  return {
    ...draft,
    replaced,
    replace,
    close,
    selectLanguage,
    undo: () => {
      if (replaced) keeper.edit(replaced.before);
      close();
    },
    takeTheirs: () => {
      note('The other version is in the editor.', state.text);
      keeper.takeTheirs();
    },
    restore: (id: number, code: string) => {
      if (id === draft.languageId) return replace(code, restoredText);
      rememberLanguage(id);
      void draft.selectLanguage(id, { text: code, onReplaced: (before) => note(restoredText, before) });
    },
  };
};

/** Puts the address back to the problem's own: a reload must not restore the old code again. */
const useForgetRestore = (restored: boolean) => {
  useEffect(() => {
    if (restored) window.history.replaceState(window.history.state, '', window.location.pathname);
  }, [restored]);
};

const pendingId = ({ submissions: [newest] }: SubmissionList) =>
  newest?.status === 'queued' || newest?.status === 'running' ? newest.id : null;

/** All that the workspace's parts share: the code, what is sent of it, what is shown. */
export const useWorkspace = (props: WorkspacePageProps) => {
  const { posted } = props;
  const [problem, refreshProgress] = useProgress(props.problem);
  const code = useCode(props);
  const { languageId } = code;
  const language = problem.languages.find(({ id }) => id === languageId);
  const scripted = useScripted();
  const layout = useWorkspaceLayout();
  const history = useHistory(problem.slug, props.history);
  const [stdin, setStdin] = useState(posted?.stdin ?? '');
  const [dialog, setDialog] = useState<WorkspaceDialog | null>(null);
  const signInTo = `${useLocation().pathname}?language=${languageId}`;
  const sending = useSending({
    userKey: props.userKey,
    problem,
    language,
    program: { languageId, sourceCode: code.state.text, stdin },
    loading: code.loading,
    scripted,
    posted,
    pendingId: posted ? null : pendingId(props.history),
    onShow: () => layout.showResults('result'),
    onOver: () => {
      void refreshProgress();
      void history.refresh();
    },
  });
  useForgetRestore(props.restored !== null);
  useWorkspaceKeys({ onRun: sending.run, onSubmit: sending.submit, onHelp: () => setDialog('keys') });

  return {
    problem,
    language,
    code,
    scripted,
    layout,
    history,
    stdin,
    setStdin,
    dialog,
    setDialog,
    signInTo,
    sending,
  };
};

export type WorkspaceState = ReturnType<typeof useWorkspace>;
