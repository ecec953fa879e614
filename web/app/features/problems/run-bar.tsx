import { Button } from '~/components/button';
import { useModifierName } from '~/components/key-help';

interface RunBarProps {
  form: string;
  /** Why nothing can be sent now; null when it can. */
  blocked: string | null;
  /** Seconds until the server takes the next one. */
  waitSeconds: number;
  running: boolean;
  submitting: boolean;
  judging: boolean;
}

/** Run and submit. A button that is off says why, in words beside it or with the seconds in it. */
export function RunBar({ form, blocked, waitSeconds, running, submitting, judging }: RunBarProps) {
  const modifier = useModifierName();
  const reason = blocked ?? (judging ? 'Your submission is being judged.' : null);
  const wait = waitSeconds > 0 ? ` in ${waitSeconds} s` : '';
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
      <p id="send-reason" className="mr-auto text-xs text-muted" role="status">
        {reason}
      </p>
      <Button
        form={form}
        name="intent"
        value="run"
        look="secondary"
        size="small"
        pending={running}
        disabled={blocked !== null || waitSeconds > 0}
        aria-describedby="send-reason"
        title={`Runs the samples, does not count (${modifier}+Enter)`}
      >
        {running ? 'Running' : `Run${wait}`}
      </Button>
      <Button
        form={form}
        name="intent"
        value="submit"
        size="small"
        pending={submitting}
        disabled={blocked !== null || waitSeconds > 0 || judging}
        aria-describedby="send-reason"
        title={`Runs all tests and counts (${modifier}+Shift+Enter)`}
      >
        {submitting ? 'Submitting' : `Submit${wait}`}
      </Button>
    </div>
  );
}
