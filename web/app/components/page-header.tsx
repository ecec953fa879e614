import type { ReactNode } from 'react';

interface PageHeaderProps {
  title: string;
  /** A line above the title: what kind of thing this is. */
  kicker?: ReactNode;
  children?: ReactNode;
  /** Buttons, at the end of the line where there is room. */
  actions?: ReactNode;
}

/** The page's only h1, with a line or two below it. */
export function PageHeader({ title, kicker, children, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div className="max-w-3xl min-w-0">
        {kicker ? <p className="mb-1 text-sm text-muted">{kicker}</p> : null}
        <h1 className="text-2xl sm:text-3xl">{title}</h1>
        {children ? <div className="mt-2 text-muted">{children}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-3">{actions}</div> : null}
    </header>
  );
}
