interface FactsProps {
  id: string;
  title: string;
  facts: { term: string; text: string }[];
}

/** What somebody gets, as a list of short facts. */
export function Facts({ id, title, facts }: FactsProps) {
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-12 gap-y-6 border-t border-line pt-8 lg:grid-cols-[16rem_minmax(0,1fr)]"
    >
      <h2 id={id} className="text-2xl">
        {title}
      </h2>
      <dl className="grid gap-x-10 gap-y-8 sm:grid-cols-2">
        {facts.map((fact) => (
          <div key={fact.term}>
            <dt className="font-semibold">{fact.term}</dt>
            <dd className="mt-1 max-w-prose text-muted">{fact.text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
