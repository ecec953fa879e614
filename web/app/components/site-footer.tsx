import { productName } from '~/lib/product';
import type { Theme } from '~/lib/theme';
import { ThemeSwitch } from './theme-switch';

/** The end of every page that scrolls. */
export function SiteFooter({ theme, showTheme }: { theme: Theme; showTheme: boolean }) {
  return (
    <footer className="mt-16 border-t border-line">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-4 px-4 py-6 text-sm text-muted sm:px-6">
        <p>{productName}, run by your school on its own server.</p>
        {showTheme ? <ThemeSwitch theme={theme} /> : null}
      </div>
    </footer>
  );
}
