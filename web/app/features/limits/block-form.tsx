import { useNavigation } from '@remix-run/react';
import { useId } from 'react';
import { Button } from '~/components/button';
import { Field } from '~/components/field';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import type { FormState } from '~/lib/form-state';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

const durations = [
  { minutes: 60, label: '1 hour' },
  { minutes: 24 * 60, label: '1 day' },
  { minutes: 7 * 24 * 60, label: '1 week' },
  { minutes: 30 * 24 * 60, label: '30 days' },
  { minutes: 365 * 24 * 60, label: '1 year' },
];

/** Keeps an address or a network out. */
export function BlockForm({ state }: { state: FormState | undefined }) {
  const form = useFocusFirstError(state);
  const id = useId();
  const pending = useNavigation().formData?.get('intent') === 'block';
  const mine = state?.errors['includingMe'];
  return (
    <PostForm ref={form} action="/admin/limits" noValidate className="grid max-w-2xl gap-5 sm:grid-cols-2">
      <input type="hidden" name="intent" value="block" />
      <div className="empty:hidden sm:col-span-2">
        <FormMessage message={state?.message} />
      </div>
      <Field
        label="Address or network"
        name="network"
        required
        autoComplete="off"
        spellCheck={false}
        hint="203.0.113.7, 203.0.113.0/24 or 2001:db8::/32"
        defaultValue={state?.values['network'] ?? ''}
        error={state?.errors['network']}
      />
      <div>
        <label htmlFor={id} className="mb-1.5 block font-medium">
          For
        </label>
        <select
          id={id}
          name="minutes"
          defaultValue={state?.values['minutes'] ?? '1440'}
          className="min-h-11 w-full rounded-md border border-line-strong bg-surface px-3"
        >
          {durations.map(({ minutes, label }) => (
            <option key={minutes} value={minutes}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <Field
        label="Reason"
        name="reason"
        required
        maxLength={500}
        className="sm:col-span-2"
        hint="For other administrators; whoever is blocked does not see it."
        defaultValue={state?.values['reason'] ?? ''}
        error={state?.errors['reason']}
      />
      {mine ? (
        <div className="rounded-md border-l-4 border-warn bg-warn-soft px-4 py-3 sm:col-span-2">
          <p id={`${id}-mine`} role="alert">
            {mine}
          </p>
          <label className="mt-2 flex min-h-6 items-center gap-2 font-medium">
            <input type="checkbox" name="includingMe" aria-describedby={`${id}-mine`} aria-invalid="true" />
            Block it all the same
          </label>
        </div>
      ) : null}
      <p className="sm:col-span-2">
        <Button look="secondary" pending={pending}>
          Block
        </Button>
      </p>
    </PostForm>
  );
}
