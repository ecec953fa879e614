import { useEffect, useRef } from 'react';
import type { FormState } from './form-state';

/** Puts the focus where the refused form needs attention: on its first wrong field, else on its message. */
export function useFocusFirstError(state: FormState | undefined) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!state) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-form-message]')?.focus();
  }, [state]);
  return form;
}
