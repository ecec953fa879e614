import { createRemixStub } from '@remix-run/testing';
import { problemDetail } from '~/features/problems/problem-fixture';
import type { WorkspacePageProps } from './use-workspace';
import { WorkspacePage } from './workspace-page';

/** What the loader gives the page, for tests. */
export const workspaceProps = (over: Partial<WorkspacePageProps> = {}): WorkspacePageProps => ({
  problem: problemDetail(),
  statementHtml: '<p>Add them.</p>',
  history: { submissions: [], nextBefore: null },
  languageId: 71,
  draft: null,
  restored: null,
  userKey: 'u1',
  posted: null,
  ...over,
});

/** The page as the application shows it: with links and an address. */
export const workspaceElement = (over: Partial<WorkspacePageProps> = {}) => {
  const props = workspaceProps(over);
  const Stub = createRemixStub([
    { path: '/problems/:problemSlug', Component: () => <WorkspacePage {...props} /> },
    { path: '*', Component: () => <p>another page</p> },
  ]);
  return <Stub initialEntries={[`/problems/${props.problem.slug}`]} />;
};
