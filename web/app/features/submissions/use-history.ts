import type { SubmissionDetail, SubmissionList } from '@coding-platform/api/schema/submissions';
import { useCallback, useState } from 'react';
import { fetchOutcome, type Outcome } from '~/lib/outcome';

const historyPath = (problemSlug: string, before: string | null) =>
  `/problems/${encodeURIComponent(problemSlug)}/history${before ? `?before=${encodeURIComponent(before)}` : ''}`;

/** The learner's submissions of one problem, and the one of them that is opened beside the editor. */
export const useHistory = (problemSlug: string, loaded: SubmissionList) => {
  const [list, setList] = useState(loaded);
  const [opened, setOpened] = useState<Outcome<SubmissionDetail> | null>(null);

  const refresh = useCallback(async () => {
    const outcome = await fetchOutcome<SubmissionList>(historyPath(problemSlug, null));
    if (outcome.ok) setList(outcome.value);
  }, [problemSlug]);

  const more = useCallback(async () => {
    const outcome = await fetchOutcome<SubmissionList>(historyPath(problemSlug, list.nextBefore));
    if (!outcome.ok) return;
    setList((known) => ({
      submissions: [...known.submissions, ...outcome.value.submissions],
      nextBefore: outcome.value.nextBefore,
    }));
  }, [problemSlug, list.nextBefore]);

  const open = useCallback(async (id: string) => {
    setOpened(await fetchOutcome<SubmissionDetail>(`/submissions/${id}/state`));
  }, []);
  const close = useCallback(() => setOpened(null), []);

  return { list, refresh, more: list.nextBefore ? more : null, opened, open, close };
};
