import { useNavigation } from '@remix-run/react';

/** A thin line on top while a page is on its way; it waits a moment, so that a fast one shows nothing. */
export function NavigationBar() {
  const { state } = useNavigation();
  return state === 'idle' ? null : <div aria-hidden="true" className="navigation-bar" />;
}
