import { useCallback, useEffect, useState } from 'react';
import { useCountdown } from '~/lib/use-countdown';
import { fewLeft, readAllowance, type Allowance } from './allowance';

/** What is left of the runs and submissions, while it is little; and the seconds to wait, when nothing is. */
export const useAllowance = () => {
  const [told, setTold] = useState<{ allowance: Allowance; at: number } | null>(null);
  const [left, setLeft] = useState<number | null>(null);
  const [waitSeconds, startWait] = useCountdown();
  useEffect(() => {
    if (!told) return;
    const tick = () => setLeft(fewLeft(told.allowance, (Date.now() - told.at) / 1000));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [told]);
  const note = useCallback(
    (headers: Headers) => {
      const allowance = readAllowance(headers);
      if (!allowance) return;
      setTold({ allowance, at: Date.now() });
      if (allowance.remaining === 0) startWait(allowance.resetSeconds);
    },
    [startWait],
  );
  return { left: waitSeconds > 0 ? 0 : left, waitSeconds, startWait, note };
};
