import { useFetcher, useLocation } from '@remix-run/react';
import { classNames } from '~/lib/class-names';
import { isTheme, themes, type Theme } from '~/lib/theme';

const words: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

/** System, light or dark; remembered for this browser. */
export function ThemeSwitch({ theme }: { theme: Theme }) {
  const fetcher = useFetcher({ key: 'theme' });
  const { pathname, search } = useLocation();
  const sent = fetcher.formData?.get('theme');
  const current = isTheme(sent) ? sent : theme;
  return (
    <fetcher.Form method="post" action="/theme">
      <input type="hidden" name="next" value={pathname + search} />
      <fieldset className="inline-flex rounded-md border border-line-strong p-0.5">
        <legend className="sr-only">Color theme</legend>
        {themes.map((option) => (
          <button
            key={option}
            name="theme"
            value={option}
            aria-pressed={option === current}
            className={classNames(
              'min-h-7 rounded-sm px-2.5 text-sm',
              option === current ? 'bg-ink text-paper' : 'text-muted hover:text-ink',
            )}
          >
            {words[option]}
          </button>
        ))}
      </fieldset>
    </fetcher.Form>
  );
}

/** The theme to show now: the one being sent, so that a click answers at once, else the remembered one. */
export function useTheme(remembered: Theme): Theme {
  const sent = useFetcher({ key: 'theme' }).formData?.get('theme');
  return isTheme(sent) ? sent : remembered;
}
