import { useCallback, useEffect, useState } from 'react';

/** Seconds that count down to 0, and the way to start them; `first` stands there until then. */
export const useCountdown = (first = 0): [number, (seconds: number) => void] => {
  const [endsAt, setEndsAt] = useState(0);
  const [left, setLeft] = useState(first);
  useEffect(() => {
    if (endsAt === 0) return;
    // From the clock and not by counting ticks: a tab in the background gets few.
    const tick = () => {
      const seconds = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));
      setLeft(seconds);
      if (seconds === 0) clearInterval(timer);
    };
    const timer = setInterval(tick, 250);
    tick();
    return () => clearInterval(timer);
  }, [endsAt]);
  const start = useCallback((seconds: number) => {
    setEndsAt(Date.now() + seconds * 1000);
    setLeft(seconds);
  }, []);
  return [left, start];
};
