import type { SubmissionDetail, SubmissionEvent } from '@coding-platform/api/schema/submissions';
import { isOver } from './judging-state';

export interface FollowDeps {
  eventsUrl: string;
  createSource: (url: string) => EventSource;
  /** The submission as it is now; null when it cannot be had at this moment. */
  poll: () => Promise<SubmissionDetail | null>;
  onEvent: (event: SubmissionEvent) => void;
  onPoll: (detail: SubmissionDetail) => void;
}

const eventNames = ['queued', 'running', 'test', 'finished'] as const;
export const pollMs = 2000;
/** A stream that stays silent this long may be stuck in a proxy: look once in the other way. */
export const silenceMs = 8000;
const firstRetryMs = 500;
const lostConnectionsBeforePolling = 4;

/**
 * Follows a submission to its end by server-sent events; reconnects with growing pauses, and when the events do not
 * come at all, asks every two seconds. Answers a function that stops it and closes the connection.
 */
export const followSubmission = (deps: FollowDeps): (() => void) => {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let lost = 0;
  let stopped = false;

  const close = () => {
    source?.close();
    source = null;
    clearTimeout(timer);
    clearTimeout(silence);
  };
  const stop = () => {
    stopped = true;
    close();
  };

  const pollOnce = async () => {
    const detail = await deps.poll();
    if (stopped || !detail) return;
    if (isOver(detail)) stop();
    deps.onPoll(detail);
  };

  const pollOn = () => {
    timer = setTimeout(() => void pollOnce().then(() => stopped || pollOn()), pollMs);
  };

  const listenForSilence = () => {
    clearTimeout(silence);
    silence = setTimeout(
      () => void pollOnce().then(() => stopped || !source || listenForSilence()),
      silenceMs,
    );
  };

  const connect = () => {
    const current = deps.createSource(deps.eventsUrl);
    source = current;
    listenForSilence();
    for (const name of eventNames) {
      current.addEventListener(name, (message: MessageEvent<string>) => {
        if (stopped || source !== current) return;
        lost = 0;
        listenForSilence();
        const event = { event: name, data: JSON.parse(message.data) as unknown } as SubmissionEvent;
        if (event.event === 'finished') stop();
        deps.onEvent(event);
      });
    }
    current.addEventListener('error', () => {
      if (stopped || source !== current) return;
      close();
      lost += 1;
      if (lost >= lostConnectionsBeforePolling) pollOn();
      else timer = setTimeout(connect, firstRetryMs * 2 ** (lost - 1));
    });
  };

  connect();
  return stop;
};
