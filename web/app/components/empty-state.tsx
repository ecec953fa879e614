import type { ReactNode } from 'react';

/** Nothing here yet: says why, and `children` is what to do about it. */
export function EmptyState({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="rounded-lg border border-dashed border-line-strong px-5 py-8 sm:px-8">
      <p className="text-lg font-semibold">{title}</p>
      <p className="mt-1 max-w-prose text-muted">{text}</p>
      {children ? <div className="mt-5">{children}</div> : null}
    </div>
  );
}
