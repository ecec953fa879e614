/** Names, in every call of a page's script, the user whom the page was made for; empty for a visitor. */
export const ownerHeader = 'X-Page-Owner';
/** The same in a form, where no script adds the header. */
export const ownerField = 'pageOwner';
/** The same in an address, where neither fits: an event stream, an upload without script. */
export const ownerParameter = 'owner';
/** In a 409 answer: who is signed in instead, percent-encoded. */
export const signedInAsHeader = 'X-Signed-In-As';

/** The address with the page's owner in its query; a visitor's is left as it is. */
export const withOwner = (path: string, owner: string): string => {
  if (owner === '') return path;
  const [address = '', hash] = path.split('#', 2);
  const named = `${address}${address.includes('?') ? '&' : '?'}${ownerParameter}=${owner}`;
  return hash === undefined ? named : `${named}#${hash}`;
};
