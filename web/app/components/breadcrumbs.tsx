import { Link } from '@remix-run/react';

/** The way here: links to every page above this one. The page's own title stands below, so it is not repeated. */
export function Breadcrumbs({ items }: { items: { label: string; to: string }[] }) {
  return (
    <nav aria-label="Breadcrumbs" className="mb-4 text-sm text-muted">
      <ol className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {items.map((item) => (
          <li key={item.to} className="flex items-center gap-x-2">
            <Link to={item.to} className="underline-offset-4 hover:text-ink hover:underline">
              {item.label}
            </Link>
            <span aria-hidden="true" className="text-line-strong">
              /
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
