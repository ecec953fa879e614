import { createContext, useContext } from 'react';

interface DocumentInfo {
  nonce: string | undefined;
  requestId: string | undefined;
  /** Path and query that the document was asked for. */
  path: string | undefined;
}

const Context = createContext<DocumentInfo>({ nonce: undefined, requestId: undefined, path: undefined });

/** Filled by entry.server from the request and by entry.client from the document. */
export const DocumentInfoProvider = Context.Provider;

/** The nonce for inline scripts and styles (CodeMirror's EditorView.cspNonce, for one). */
export function useNonce(): string | undefined {
  return useContext(Context).nonce;
}

/** The request that rendered this document; later navigations have ids of their own. */
export function useDocumentRequest(): { id: string | undefined; path: string | undefined } {
  const { requestId: id, path } = useContext(Context);
  return { id, path };
}
