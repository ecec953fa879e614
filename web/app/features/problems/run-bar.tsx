import { Button } from '~/components/button';
import { useModifierName } from '~/components/key-help';

export const sendReasonId = 'send-reason';

interface RunBarProps {
  form: string;
  /** Why nothing can be sent now; null when it can. */
  blocked: string | null;
  /** Seconds until the server takes the next one. */
  waitSeconds: number;
  /** How many runs and submissions are left, while they are few. */
  left: number | null;
  /** A submission goes by itself when the wait is over. */
  isWaiting: boolean;
  running: boolean;
  submitting: boolean;
  judging: boolean;
}

const leftText = (left: number): string => (left === 1 ? '1 run left' : `${left} runs left`);

/** Run and submit. While they wait they say so: the seconds, or what is under way. */
export function RunBar(props: RunBarProps) {
  const { form, blocked, waitSeconds, left, isWaiting, running, submitting, judging } = props;
  const modifier = useModifierName();
  const wait = waitSeconds > 0 ? ` in ${waitSeconds} s` : '';
  const submitTitle =
    waitSeconds > 0
      ? 'Submits your code, as it is then, as soon as the server takes it'
      : `Runs all tests and counts (${modifier}+Shift+Enter)`;
  const submitLabel = submitting
    ? 'Submitting'
    : judging
      ? 'Judging'
      : isWaiting
        ? `Submitting${wait}`
        : waitSeconds > 0
          ? `Submit when it is free again (${waitSeconds} s)`
          : 'Submit';
  return (
    <span className="flex flex-wrap items-center gap-2">
      {left !== null && (
        <span
          className="text-xs whitespace-nowrap text-warn tabular-nums"
          title="Runs and submissions count together"
        >
          {leftText(left)}
        </span>
      )}
      <Button
        form={form}
        name="intent"
        value="run"
        look="secondary"
        size="small"
        className="lg:min-w-24"
        pending={running}
        disabled={blocked !== null || waitSeconds > 0}
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
        pending={submitting || judging || isWaiting}
        disabled={blocked !== null}
        aria-describedby={blocked ? sendReasonId : undefined}
        title={blocked ?? submitTitle}
      >
        {submitLabel}
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

interface WaitingSubmitProps {
  isWaiting: boolean;
  waitSeconds: number;
  onCancel: () => void;
}

/** A submission that waits until the server takes it, and the way out. The seconds are not read aloud. */
export function WaitingSubmit({ isWaiting, waitSeconds, onCancel }: WaitingSubmitProps) {
  return (
    <div className="flex items-center gap-2 text-sm" data-waiting-submit={isWaiting || undefined}>
      <p role="status" className={isWaiting ? 'py-1 pl-3' : ''}>
        {isWaiting && 'Your code will be submitted automatically, as it is at that moment.'}
      </p>
      {isWaiting && (
        <>
          {waitSeconds > 0 && (
            <span aria-hidden="true" className="whitespace-nowrap text-muted tabular-nums">
              {waitSeconds} s
            </span>
          )}
          <Button
            type="button"
            look="quiet"
            size="small"
            className="ml-auto"
            aria-label="Cancel the waiting submission"
            onClick={onCancel}
          >
            Cancel
          </Button>
        </>
      )}
    </div>
  );
}
