import { Button } from '~/components/button';
import { useModifierName } from '~/components/key-help';

export const sendReasonId = 'send-reason';

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

/** Run and submit. While they wait they say so: the seconds, or what is under way. */
export function RunBar({ form, blocked, waitSeconds, running, submitting, judging }: RunBarProps) {
  const modifier = useModifierName();
  const off = blocked !== null || waitSeconds > 0;
  const wait = waitSeconds > 0 ? ` in ${waitSeconds} s` : '';
  return (
    <span className="flex items-center gap-2">
      <Button
        form={form}
        name="intent"
        value="run"
        look="secondary"
        size="small"
        className="lg:min-w-24"
        pending={running}
        disabled={off}
        aria-describedby={blocked ? sendReasonId : undefined}
        title={blocked ?? `Runs the samples and does not count (${modifier}+Enter)`}
      >
        {running ? 'Running' : `Run${wait}`}
      </Button>
      <Button
        form={form}
        name="intent"
        value="submit"
        size="small"
        className="lg:min-w-28"
        pending={submitting || judging}
        disabled={off}
        aria-describedby={blocked ? sendReasonId : undefined}
        title={blocked ?? `Runs all tests and counts (${modifier}+Shift+Enter)`}
      >
        {submitting ? 'Submitting' : judging ? 'Judging' : `Submit${wait}`}
      </Button>
    </span>
  );
}

/** Why both are off, in words; the place stays there for those who hear the page. */
export function SendReason({ blocked }: { blocked: string | null }) {
  return (
    <div role="status">
      {blocked && (
        <p id={sendReasonId} className="border-b border-line px-3 py-1 text-xs text-muted">
          {blocked}
        </p>
      )}
    </div>
  );
}
