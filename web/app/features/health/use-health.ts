import type { Health } from '@coding-platform/api/schema/health';
import { useCallback, useEffect, useState } from 'react';
import { fetchOutcome, type Outcome } from '~/lib/outcome';
import { isDown, nextSteady, startSteady, unsure } from './steady-health';

/** How often an open page is refreshed. */
export const everySeconds = 10;
/** After a first failure the second look comes sooner. */
const againSeconds = 3;

/** The health that the page was loaded with, and then as it is; a failed request is shown and tried again. */
export const useHealth = (loaded: Outcome<Health>) => {
  const [steady, setSteady] = useState(() => startSteady(loaded));
  const [paused, setPaused] = useState(false);
  const [refreshing, setRefreshing] = useState(false);

  const refresh = useCallback(async () => {
    setRefreshing(true);
    const outcome = await fetchOutcome<Health>('/admin/health/state');
    setSteady((before) => nextSteady(before, outcome));
    setRefreshing(false);
  }, []);

  const doubtful = unsure(steady);
  const isUnsure = doubtful.length > 0 || steady.missed === 1;
  useEffect(() => {
    if (paused) return undefined;
    const timer = setInterval(
      () => {
        if (document.visibilityState === 'visible') void refresh();
      },
      (isUnsure ? againSeconds : everySeconds) * 1000,
    );
    return () => clearInterval(timer);
  }, [paused, isUnsure, refresh]);

  return {
    outcome: steady.outcome,
    /** Failed once: not down yet. */
    doubtful,
    isMissed: steady.missed === 1,
    isDown: isDown(steady),
    refresh,
    refreshing,
    paused,
    setPaused,
  };
};
