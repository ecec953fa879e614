import { useId } from 'react';
import { Button } from '~/components/button';
import { PostForm } from '~/components/post-form';
import { useSelection } from '~/components/table-selection';
import { useScripted } from '~/lib/use-scripted';
import { bulkActs } from './bulk-acts';

/** What to do with the chosen people; asks before it does. */
export function BulkBar({ form }: { form: string }) {
  const id = useId();
  const scripted = useScripted();
  const { chosen } = useSelection(form);
  return (
    <PostForm
      id={form}
      preventScrollReset
      className="flex flex-wrap items-center gap-3 rounded-md bg-sunken px-3 py-2 text-sm"
    >
      <label htmlFor={id}>{scripted ? `With ${chosen} chosen` : 'With the chosen'}</label>
      <select
        id={id}
        name="act"
        className="min-h-9 rounded-md border border-line-strong bg-surface px-2 text-sm"
      >
        {bulkActs.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
      <Button look="secondary" size="small" disabled={scripted && chosen === 0}>
        Go on
      </Button>
    </PostForm>
  );
}
