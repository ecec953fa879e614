import type { Limit } from '@coding-platform/api/schema/limits';
import { useNavigation } from '@remix-run/react';
import { Button, ButtonLink } from '~/components/button';
import { Card } from '~/components/card';
import { Field } from '~/components/field';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import type { FormState } from '~/lib/form-state';
import { useFocusFirstError } from '~/lib/use-focus-first-error';
import { limitNames, rateWords, windowParts } from './limit-words';

/** Changes one limit, while everything runs. */
export function LimitForm({ limit, state }: { limit: Limit; state: FormState | undefined }) {
  const form = useFocusFirstError(state);
  const pending = useNavigation().formData?.get('intent') === 'change';
  const window = windowParts(limit.windowSeconds);
  const value = (name: string, now: string | number) => state?.values[name] ?? String(now);
  return (
    <Card>
      <h2 id="change" className="scroll-mt-6 text-xl">
        Change: {limitNames[limit.class]}
      </h2>
      <p className="mt-1 text-sm text-muted">
        Now {rateWords(limit)}. It holds at once here and within seconds in every other process.
      </p>
      <PostForm ref={form} noValidate className="mt-4 grid max-w-2xl gap-5 sm:grid-cols-2">
        <input type="hidden" name="intent" value="change" />
        <input type="hidden" name="class" value={limit.class} />
        <div className="empty:hidden sm:col-span-2">
          <FormMessage message={state?.message} />
        </div>
        <Field
          label="Requests"
          name="limit"
          type="number"
          inputMode="numeric"
          min={1}
          required
          defaultValue={value('limit', limit.limit)}
          error={state?.errors['limit']}
        />
        <Field
          label="in a window of"
          name="windowSeconds"
          type="number"
          inputMode="numeric"
          min={1}
          required
          defaultValue={value('windowSeconds', window.number)}
          error={state?.errors['windowSeconds']}
          beside={
            <select
              name="unit"
              aria-label="Unit of the window"
              defaultValue={value('unit', window.unit)}
              className="min-h-11 rounded-md border border-line-strong bg-surface px-3"
            >
              <option value="s">seconds</option>
              <option value="m">minutes</option>
              <option value="h">hours</option>
            </select>
          }
        />
        <Field
          label="At once, after a pause"
          name="burst"
          type="number"
          inputMode="numeric"
          min={1}
          className="sm:col-span-2 sm:max-w-xs"
          hint="Empty: never more than that number in any window. With a number: a bucket that fills up to it."
          defaultValue={value('burst', limit.burst ?? '')}
          error={state?.errors['burst']}
        />
        <p className="flex flex-wrap gap-3 sm:col-span-2">
          <Button pending={pending}>Save the limit</Button>
          <ButtonLink look="quiet" to="/admin/limits" preventScrollReset>
            Cancel
          </ButtonLink>
        </p>
      </PostForm>
    </Card>
  );
}
