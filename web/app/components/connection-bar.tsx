import { useLocation, useNavigate } from '@remix-run/react';
import { useTrouble, type Trouble } from '~/lib/connection';
import { Button } from './button';
import { Spinner } from './spinner';

const causes: Record<Trouble['kind'], string> = {
  offline: 'No connection.',
  restarting: 'The server is restarting.',
};

/** At the foot of the page while it waits for the server: why, and what becomes of a form. */
export function ConnectionBar() {
  const trouble = useTrouble();
  const navigate = useNavigate();
  const location = useLocation();
  return (
    <div role="status" className="fixed inset-x-0 bottom-0 z-40">
      {trouble ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line-strong bg-warn-soft px-4 py-3 text-sm shadow-raised sm:px-6">
          {trouble.unsent ? (
            <>
              <p className="mr-auto">
                {causes[trouble.kind]} The form may not have arrived. What you typed is still here.
              </p>
              <Button type="button" size="small" onClick={trouble.unsent.resend}>
                Send again
              </Button>
              <Button
                type="button"
                size="small"
                look="secondary"
                onClick={() => navigate(location, { replace: true, preventScrollReset: true })}
              >
                Cancel
              </Button>
            </>
          ) : (
            <p className="flex items-center gap-2.5">
              <Spinner className="size-4 text-warn" />
              {causes[trouble.kind]} Trying again…
            </p>
          )}
        </div>
      ) : null}
    </div>
  );
}
