import { useSyncExternalStore } from 'react';

interface Announcement {
  id: string;
  name: string;
}

let owner = '';
let other: string | null = null;
let channel: BroadcastChannel | null = null;
const listeners = new Set<() => void>();

const setOther = (name: string | null) => {
  if (other === name) return;
  other = name;
  listeners.forEach((listener) => listener());
};

/** The user whom this document was made for. It never changes to another one: that takes a new document. */
export const pageOwner = (): string => owner;

/** Starts in the browser: `id` is whom the server made the document for. Other tabs are heard from now on. */
export const startPageOwner = (id: string): void => {
  owner = id;
  other = null;
  if (typeof BroadcastChannel === 'undefined') return;
  channel?.close();
  channel = new BroadcastChannel('page-owner');
  channel.onmessage = ({ data }: MessageEvent<Announcement>) => {
    if (owner !== '') setOther(data.id === owner ? null : data.name);
  };
};

/** Tells the other tabs who is signed in. A visitor's document becomes that of the user who signed in on it. */
export const announceOwner = (user: { id: string; fullName: string } | null): void => {
  if (!user) return;
  if (owner === '') owner = user.id;
  if (owner === user.id) channel?.postMessage({ id: user.id, name: user.fullName } satisfies Announcement);
};

/** Reads an answer of the server: a refusal in another user's name puts the notice over the page. */
export const noteOwner = (status: number, signedInAs: string | null): boolean => {
  if (status !== 409 || signedInAs === null) return false;
  setOther(decodeURIComponent(signedInAs));
  return true;
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The name of the user who is signed in instead of this page's owner; null while they are the same. */
export const useOtherOwner = (): string | null =>
  useSyncExternalStore(
    subscribe,
    () => other,
    () => null,
  );
