import { createContext, useContext } from 'react';

interface DocumentInfo {
  nonce: string | undefined;
  requestId: string | undefined;
}

const Context = createContext<DocumentInfo>({ nonce: undefined, requestId: undefined });

/** Filled by entry.server from the request and by entry.client from the document. */
export const DocumentInfoProvider = Context.Provider;

/** The nonce for inline scripts and styles (CodeMirror's EditorView.cspNonce, for one). */
export function useNonce(): string | undefined {
  return useContext(Context).nonce;
}

/** The id of the request that rendered this document; later navigations have ids of their own. */
export function useDocumentRequestId(): string | undefined {
  return useContext(Context).requestId;
}
