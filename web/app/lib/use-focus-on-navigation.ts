import { useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';

/**
 * Puts the focus at the start of a new page, as a full page load would; a screen reader then reads it and Tab goes on
 * from there. Not for a change of the query or a jump within the page.
 */
export function useFocusOnNavigation(mainId: string): void {
  const { pathname, hash } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    // A page that has put the focus somewhere itself knows better.
    const main = document.getElementById(mainId);
    if (!hash && !main?.contains(document.activeElement)) main?.focus({ preventScroll: true });
  }, [pathname, hash, mainId]);
}
