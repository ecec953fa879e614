import type { ReactNode } from 'react';
import { classNames } from '~/lib/class-names';

/** A piece of paper on the page: for a thing that could stand alone, not for every group of words. */
export function Card({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={classNames('rounded-lg border border-line bg-surface p-5 sm:p-6', className)}>
      {children}
    </div>
  );
}
