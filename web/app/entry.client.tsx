import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { DocumentInfoProvider } from '~/lib/document-info';
import { importRoute } from '~/lib/import-route';
import { startPageFetch } from '~/lib/page-fetch';
import { startPageOwner } from '~/lib/page-owner';
import { startVisitReport } from '~/lib/visit-report';

// Browsers hide the attribute from markup and keep the property.
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
const requestId = document.documentElement.dataset['requestId'];
const path = location.pathname + location.search;

startVisitReport();
startPageOwner(document.documentElement.dataset['owner'] ?? '');
startPageFetch();
Object.assign(globalThis, { importRoute });

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <DocumentInfoProvider value={{ nonce, requestId, path }}>
        <RemixBrowser />
      </DocumentInfoProvider>
    </StrictMode>,
  );
});
