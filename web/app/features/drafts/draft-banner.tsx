import type { DraftState } from './draft-machine';

const words: Partial<Record<DraftState['phase'], string>> = {
  offline:
    'No connection to the server. Your code is kept in this browser and saved once the connection is back.',
  failed: 'The server could not save your code. It is kept in this browser, and saving is tried again.',
  signed_out: 'Your session has ended. Your code is kept in this browser.',
};

interface DraftBannerProps {
  state: DraftState;
  signInTo: string;
  maxBytes: number;
}

/** Above the editor when the draft cannot be saved: what happens with the code, and what to do. */
export function DraftBanner({ state, signInTo, maxBytes }: DraftBannerProps) {
  const tooLarge = `Your program is larger than ${maxBytes / 1024} KiB. It is kept in this browser, but it cannot be saved, run or submitted until it is shorter.`;
  const text = state.phase === 'too_large' ? tooLarge : words[state.phase];
  return (
    <div role="status">
      {text && (
        <p className="border-b border-line bg-warn-soft px-3 py-1.5 text-sm">
          {text}
          {state.phase === 'signed_out' && (
            <>
              {' '}
              <a className="link" href={`/login?next=${encodeURIComponent(signInTo)}`}>
                Sign in and come back here
              </a>
            </>
          )}
        </p>
      )}
    </div>
  );
}
