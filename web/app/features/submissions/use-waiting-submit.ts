import { useEffect, useRef, useState } from 'react';
import { createWaitingSubmits, type WaitingSubmitKey } from './waiting-submit';

const stored = createWaitingSubmits(() => sessionStorage);

/** After a reload the submission never goes before its sender could see the page and cancel. */
const timeToCancelSeconds = 3;

interface WaitingSubmitOptions extends WaitingSubmitKey {
  /** Seconds until the server takes one. */
  waitSeconds: number;
  /** Called with what was remembered over a reload. */
  onResume: (seconds: number) => void;
  /** The code is being loaded, or an earlier submission is on its way: not now, but soon. */
  busy: boolean;
  /** It cannot be sent at all: the wait is given up. */
  blocked: boolean;
  submit: () => void;
}

/** A submission that goes by itself as soon as the server takes one. It belongs to one language of one problem. */
export const useWaitingSubmit = (options: WaitingSubmitOptions) => {
  const { userKey, problemSlug, languageId, waitSeconds, busy, blocked } = options;
  const [waitingFor, setWaitingFor] = useState<WaitingSubmitKey | null>(null);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  useEffect(() => {
    const resume = () => {
      const now = Date.now();
      const key = { userKey, problemSlug, languageId };
      const dueAt = stored.read(key, now);
      if (dueAt === null) return stored.clear(key);
      setWaitingFor(key);
      latest.current.onResume(Math.max(timeToCancelSeconds, Math.ceil((dueAt - now) / 1000)));
    };
    const timer = setTimeout(resume);
    return () => clearTimeout(timer);
    // Only what an earlier load of this page has left.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const cancel = () => {
    if (waitingFor) stored.clear(waitingFor);
    setWaitingFor(null);
  };
  const isForOther = waitingFor !== null && waitingFor.languageId !== languageId;
  const isOver = isForOther || (blocked && !busy);
  const isDue = waitSeconds === 0 && !busy;
  useEffect(() => {
    if (!waitingFor || !(isOver || isDue)) return;
    const timer = setTimeout(() => {
      cancel();
      if (!isOver) latest.current.submit();
    });
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [waitingFor, isOver, isDue]);

  return {
    isWaiting: waitingFor !== null,
    wait: (seconds: number) => {
      const key = { userKey, problemSlug, languageId };
      stored.write(key, Date.now() + seconds * 1000);
      setWaitingFor(key);
    },
    cancel,
  };
};
