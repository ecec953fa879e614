import { useId, useRef, useState, type DragEvent } from 'react';
import { Button } from '~/components/button';
import { withOwner } from '~/lib/page-owner-names';
import { useOwnerId } from '~/lib/use-owner-id';
import { useScripted } from '~/lib/use-scripted';

interface DropZoneProps {
  /** Where the form goes without JavaScript, and the fields before its file. */
  action: string;
  fields: Record<string, string>;
  label: string;
  hint: string;
  accept?: string | undefined;
  multiple?: boolean;
  /** With JavaScript: takes the files that were dropped or chosen. */
  onFiles: (files: File[]) => void;
}

/** A place to drop files, with a button that chooses them; without JavaScript a form. */
export function DropZone({ action, fields, label, hint, accept, multiple, onFiles }: DropZoneProps) {
  const scripted = useScripted();
  const owner = useOwnerId();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  const take = (files: FileList | null) => {
    if (files && files.length > 0) onFiles(multiple ? [...files] : [...files].slice(0, 1));
    // So that the same file can be chosen again.
    if (input.current) input.current.value = '';
  };
  const onDrag = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(isOver);
  };

  return (
    <form
      // eslint-disable-next-line no-restricted-syntax -- names its owner in its address
      method="post"
      action={withOwner(action, owner)}
      encType="multipart/form-data"
      aria-label={label}
      onDragEnter={onDrag(true)}
      onDragOver={onDrag(true)}
      onDragLeave={onDrag(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      className={`rounded-lg border border-dashed px-5 py-5 ${over ? 'border-accent bg-accent-soft' : 'border-line-strong'}`}
    >
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label htmlFor={id} className={scripted ? 'sr-only' : 'mb-1.5 block font-medium'}>
        {label}
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        name="file"
        required
        accept={accept}
        multiple={scripted && multiple}
        aria-describedby={`${id}-hint`}
        tabIndex={scripted ? -1 : undefined}
        onChange={(event) => scripted && take(event.currentTarget.files)}
        className={
          scripted
            ? 'sr-only'
            : 'block w-full text-sm file:mr-3 file:min-h-9 file:rounded-md file:border file:border-line-strong file:bg-surface file:px-3 file:text-ink'
        }
      />
      <div className={scripted ? 'flex flex-wrap items-center gap-x-3 gap-y-2' : 'mt-3'}>
        <Button
          look="secondary"
          type={scripted ? 'button' : 'submit'}
          aria-describedby={`${id}-hint`}
          onClick={scripted ? () => input.current?.click() : undefined}
        >
          {scripted ? label : 'Upload'}
        </Button>
        {scripted ? (
          <span className="hidden text-muted sm:inline">or drop {multiple ? 'files' : 'it'} here</span>
        ) : null}
      </div>
      <p id={`${id}-hint`} className="mt-3 text-sm text-muted">
        {hint}
      </p>
    </form>
  );
}
