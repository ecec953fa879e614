export const productName = 'Coding Platform';

/** A page's title, with what it is a page of. */
export function pageTitle(title: string): string {
  return `${title} · ${productName}`;
}
