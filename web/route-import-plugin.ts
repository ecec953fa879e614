import type { Plugin } from 'vite';

const loader = 'await import( /* webpackIgnore: true */route.module)';
const ours = 'await (globalThis.importRoute ?? ((url) => import(/* @vite-ignore */ url)))(route.module)';

/** Lets the pages' code be loaded by app/lib/import-route.ts: Remix has no place to say so. */
export const routeImportPlugin = (): Plugin => ({
  name: 'route-import',
  transform(code, id) {
    if (!id.includes('@remix-run/react/dist/esm/routeModules.js')) return null;
    if (!code.includes(loader)) {
      throw new Error('Remix loads the code of pages in another way now: see web/route-import-plugin.ts.');
    }
    return { code: code.replace(loader, ours), map: null };
  },
});
