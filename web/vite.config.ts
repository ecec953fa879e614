import { fileURLToPath } from 'node:url';
import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { routeImportPlugin } from './route-import-plugin';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  plugins: [
    routeImportPlugin(),
    tailwindcss(),
    remix({
      future: {
        v3_fetcherPersist: true,
        v3_lazyRouteDiscovery: true,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  resolve: { alias: { '~': fileURLToPath(new URL('./app', import.meta.url)) } },
  // The api's package exports TypeScript; Node could not load it unbundled.
  ssr: { noExternal: ['@coding-platform/api'] },
  server: { watch: { ignored: ['**/*.test.*', '**/e2e/**'] } },
  // A data: URI would need a hole in the content security policy.
  build: { assetsInlineLimit: 0 },
});
