import { useEffect, useRef } from 'react';
import { useOtherOwner } from '~/lib/page-owner';
import { Button } from './button';

/** Over the whole page once somebody else is signed in: nothing of the first user's stays in sight or is sent. */
export function OtherOwnerNotice() {
  const name = useOtherOwner();
  return name === null ? null : <Notice name={name} />;
}

function Notice({ name }: { name: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby="other-owner"
      aria-describedby="other-owner-text"
      onCancel={(event) => event.preventDefault()}
      // A browser closes it at the second Escape, whatever the page says.
      onClose={() => dialog.current?.showModal()}
      className="fixed inset-0 z-50 m-0 h-dvh max-h-none w-dvw max-w-none overflow-y-auto bg-surface p-0 text-ink"
    >
      <div className="mx-auto flex min-h-full max-w-xl flex-col justify-center px-5 py-10">
        <h1 id="other-owner" className="text-2xl break-words sm:text-3xl">
          You are signed in as {name} in this browser now
        </h1>
        <p id="other-owner-text" className="mt-4 text-lg">
          This page belongs to another account. Nothing is read, saved or sent from it any more; code that was
          not saved stays in this browser for its author.
        </p>
        <p className="mt-8 flex flex-wrap gap-3">
          <Button type="button" onClick={() => location.reload()}>
            <span className="max-w-[60vw] truncate">Continue as {name}</span>
          </Button>
          <a
            href="/dashboard"
            className="inline-flex min-h-11 items-center rounded-md px-4 font-medium hover:bg-sunken"
          >
            Go to the dashboard
          </a>
        </p>
      </div>
    </dialog>
  );
}
