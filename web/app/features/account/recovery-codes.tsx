import { useEffect, useRef } from 'react';
import { Button, ButtonLink } from '~/components/button';
import { productName } from '~/lib/product';
import { useScripted } from '~/lib/use-scripted';

/** The recovery codes, the one time that they can be seen. */
export function RecoveryCodes({ codes, next }: { codes: string[]; next: string }) {
  const scripted = useScripted();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const text = [`Recovery codes for ${productName}`, 'Each works once.', '', ...codes, ''].join('\r\n');
  return (
    <>
      <h3 ref={heading} tabIndex={-1} className="mt-4 mb-2 text-lg font-semibold">
        Keep your recovery codes
      </h3>
      <p className="mb-4 max-w-prose">
        Two-factor authentication is on. When your phone is lost or broken, one of these codes takes its
        place; each works once. They are shown only now: print them, or keep the file where you keep what
        matters.
      </p>
      <ul className="grid max-w-md grid-cols-2 gap-x-6 gap-y-2 rounded-lg border border-line bg-surface p-5 font-mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="mt-5 flex flex-wrap gap-3">
        <a
          className="inline-flex min-h-11 items-center rounded-md border border-line-strong bg-surface px-4 font-medium hover:border-ink hover:bg-sunken"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="recovery-codes.txt"
        >
          Download
        </a>
        {scripted ? (
          <Button type="button" look="secondary" onClick={() => window.print()}>
            Print
          </Button>
        ) : null}
        <ButtonLink to={next} reloadDocument>
          I have kept them
        </ButtonLink>
      </div>
    </>
  );
}
