import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False on the server and while the page is taken over, true from then on: what needs script waits for it. */
export const useScripted = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
