import type { ReactNode } from 'react';
import { Keys, useModifierName } from '~/components/key-help';

interface ResultsEmptyProps {
  form: string;
  blocked: string | null;
}

function ShortcutButton(props: {
  form: string;
  intent: string;
  disabled: boolean;
  keys: string[];
  children: ReactNode;
}) {
  return (
    <button
      form={props.form}
      name="intent"
      value={props.intent}
      disabled={props.disabled}
      className="flex items-center gap-3 rounded-md border border-line-strong bg-surface px-3 py-2 text-sm hover:bg-sunken disabled:text-muted"
    >
      {props.children}
      <Keys keys={props.keys} />
    </button>
  );
}

/** Before the first run: what to do now, with the keys for it as buttons. */
export function ResultsEmpty({ form, blocked }: ResultsEmptyProps) {
  const modifier = useModifierName();
  const disabled = blocked !== null;
  return (
    <div className="px-4 py-4 text-sm">
      <p className="text-muted">
        A run tries the samples and does not count. A submission runs all tests and counts.
      </p>
      <p className="mt-3 flex flex-wrap gap-3">
        <ShortcutButton form={form} intent="run" disabled={disabled} keys={[modifier, 'Enter']}>
          Run the samples
        </ShortcutButton>
        <ShortcutButton form={form} intent="submit" disabled={disabled} keys={[modifier, 'Shift', 'Enter']}>
          Submit
        </ShortcutButton>
      </p>
    </div>
  );
}
