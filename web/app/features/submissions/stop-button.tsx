import { useState } from 'react';
import { Button } from '~/components/button';
import { fetchOutcome } from '~/lib/outcome';

/** Ends a submission that has no verdict yet; the page hears of its end as of any other. */
export function StopButton({ submissionId }: { submissionId: string }) {
  const [stopping, setStopping] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const stop = async () => {
    setStopping(true);
    const address = `/submissions/${encodeURIComponent(submissionId)}/stop`;
    const outcome = await fetchOutcome<unknown>(address, { method: 'POST' });
    setStopping(false);
    setFailure(outcome.ok ? null : outcome.failure.detail);
  };
  return (
    <>
      {failure && (
        <span role="alert" className="mr-2 text-sm text-bad">
          {failure}
        </span>
      )}
      <Button type="button" size="small" look="secondary" pending={stopping} onClick={() => void stop()}>
        Stop
      </Button>
    </>
  );
}
