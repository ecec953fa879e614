import type { ErrorHelp as Help } from '@coding-platform/api/schema/submissions';

const placeName = ({ line, column }: Help['places'][number]): string =>
  column === null ? `Line ${line}` : `Line ${line}, column ${column}`;

/** What an error means and where it is, above what the compiler or the runtime said. */
export function ErrorHelp({ help }: { help: Help | undefined }) {
  if (!help) return null;
  const [first] = help.places;
  return (
    <div className="rounded-md bg-accent-soft px-3 py-2 text-sm" data-error-help="">
      {first && (
        <p className="font-medium">
          {placeName(first)}
          {help.places.length > 1 && <span className="font-normal text-muted"> and more</span>}
        </p>
      )}
      <p>{help.explanation ?? first?.message}</p>
    </div>
  );
}
