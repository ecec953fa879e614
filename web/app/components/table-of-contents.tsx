interface TableOfContentsProps {
  headings: { id: string; text: string; level: number }[];
}

/** Links to the headings of the text beside it. */
export function TableOfContents({ headings }: TableOfContentsProps) {
  return (
    <ul className="space-y-1.5 border-l border-line text-sm">
      {headings.map((heading) => (
        <li key={heading.id} className={heading.level > 2 ? 'pl-7' : 'pl-4'}>
          <a href={`#${heading.id}`} className="text-muted underline-offset-4 hover:text-ink hover:underline">
            {heading.text}
          </a>
        </li>
      ))}
    </ul>
  );
}
