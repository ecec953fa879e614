import { useCallback, useState } from 'react';
import { fetchOutcome, type Failure } from '~/lib/outcome';

/** Hands programs in, one at a time; `id` is the newest submission, at first one that is still being judged. */
export const useSubmit = (
  problemSlug: string,
  pendingId: string | null,
  onHeaders: (headers: Headers) => void,
) => {
  const [id, setId] = useState(pendingId);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const submit = useCallback(
    async (body: { languageId: number; sourceCode: string }): Promise<Failure | null> => {
      setSending(true);
      setFailure(null);
      const outcome = await fetchOutcome<{ id: string }>(
        `/problems/${encodeURIComponent(problemSlug)}/submit`,
        {
          method: 'POST',
          body: JSON.stringify(body),
          onHeaders,
        },
      );
      setSending(false);
      if (outcome.ok) setId(outcome.value.id);
      else setFailure(outcome.failure);
      return outcome.ok ? null : outcome.failure;
    },
    [problemSlug, onHeaders],
  );

  return { id, sending, failure, submit };
};
