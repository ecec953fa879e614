/**
 * What a route may say about itself: `export const handle: RouteHandle = { layout: 'workspace' }`. A page scrolls and has
 * a footer; a workspace fills the window below the header and scrolls inside its own panes.
 */
export interface RouteHandle {
  layout?: 'page' | 'workspace';
}
