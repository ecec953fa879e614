import { Link } from '@remix-run/react';
import { Fragment } from 'react';

interface BreadcrumbsProps {
  items: { label: string; to: string }[];
  /** The title of this page. */
  current: string;
}

/** The way here: links to every page above this one. */
export function Breadcrumbs({ items, current }: BreadcrumbsProps) {
  return (
    <nav aria-label="Breadcrumbs" className="mb-5 text-sm text-muted">
      <ol className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {items.map((item) => (
          <Fragment key={item.to}>
            <li>
              <Link to={item.to} className="underline-offset-4 hover:text-ink hover:underline">
                {item.label}
              </Link>
            </li>
            <li aria-hidden="true" className="text-line-strong">
              /
            </li>
          </Fragment>
        ))}
        <li aria-current="page" className="text-ink">
          {current}
        </li>
      </ol>
    </nav>
  );
}
