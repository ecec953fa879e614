import type { ProblemLanguage } from '@coding-platform/api/schema/problems';

/** Remembers the language of the last visit; the browser writes it, the server reads it. */
export const languageCookie = 'workspace-language';

const cookieValue = (header: string | null): string | null =>
  new RegExp(`(?:^|;\\s*)${languageCookie}=(\\d+)`).exec(header ?? '')?.[1] ?? null;

interface Wishes {
  /** From the address: an explicit choice. */
  asked: string | null;
  /** Of the newest submission of this problem. */
  submitted: number | undefined;
  cookieHeader: string | null;
}

/** The language to open a problem with: the one asked for, used here before, used last, else the first that runs. */
export const chooseLanguage = (languages: ProblemLanguage[], wishes: Wishes): ProblemLanguage | undefined => {
  const ids = [
    Number(wishes.asked ?? NaN),
    wishes.submitted,
    Number(cookieValue(wishes.cookieHeader) ?? NaN),
  ];
  const [wanted] = ids.flatMap((id) => languages.filter((language) => language.id === id));
  return wanted ?? languages.find((language) => language.available) ?? languages[0];
};

/** Remembers a language for a year in this browser, and in the page's address for a reload. */
export const rememberLanguage = (id: number): void => {
  // Past the router: it would load the page again.
  window.history.replaceState(window.history.state, '', `${window.location.pathname}?language=${id}`);
  document.cookie = `${languageCookie}=${id}; Path=/; Max-Age=31536000; SameSite=Lax`;
};
