import type { ReactNode } from 'react';
import './disclosure.css';

interface DisclosureProps {
  summary: ReactNode;
  open?: boolean;
  children: ReactNode;
}

/** A row that opens, without script. `open` is how it starts. */
export function Disclosure({ summary, open = false, children }: DisclosureProps) {
  return (
    <details open={open} className="disclosure border-t border-line first:border-t-0">
      <summary className="min-h-10 flex-wrap gap-x-3 px-4 py-1.5 text-sm">{summary}</summary>
      {children}
    </details>
  );
}
