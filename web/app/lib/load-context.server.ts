/** What the Express host passes to loaders, actions and entry.server. */
export interface HostContext {
  cspNonce: string;
  requestId: string;
  log: { error: (fields: object, message: string) => void; warn: (fields: object, message: string) => void };
}

declare module '@remix-run/node' {
  interface AppLoadContext extends HostContext {}
}
