import { holdRequest } from './hold-request';

const mostTries = 5;

/** Waits until the server has the file again; false when it has it no longer, as after an update. */
const isThere = async (url: string): Promise<boolean> => {
  const response = await holdRequest({
    send: () => fetch(url, { cache: 'no-cache' }),
    isChange: false,
    signal: null,
  });
  return response.ok;
};

/**
 * Loads the code of a page. Without connection it waits and tries again, where Remix alone would reload and so leave the
 * page. Some browsers remember that an address failed, so that each try has its own. Rejects for a file that is gone.
 */
export const importRoute = async (
  url: string,
  load: (url: string) => Promise<unknown> = (address) => import(/* @vite-ignore */ address),
): Promise<unknown> => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await load(tries === 0 ? url : `${url}?try=${tries}`);
    } catch (error) {
      if (tries === mostTries || !(await isThere(url))) throw error;
    }
  }
};
