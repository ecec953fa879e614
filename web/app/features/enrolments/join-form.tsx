import { useNavigation } from '@remix-run/react';
import { Button } from '~/components/button';
import { Field } from '~/components/field';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import type { FormState } from '~/lib/form-state';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

interface JoinFormProps {
  state: FormState | undefined;
  code: string;
  /** Primary where joining is all that there is to do. */
  look?: 'primary' | 'secondary';
}

/** Join a course with the code that a teacher gave; `code` comes from a link. */
export function JoinForm({ state, code, look = 'secondary' }: JoinFormProps) {
  const form = useFocusFirstError(state);
  const pending = useNavigation().formMethod === 'POST';
  return (
    <PostForm ref={form} noValidate className="space-y-4">
      <FormMessage message={state?.message} />
      <Field
        label="Course code"
        name="code"
        autoComplete="off"
        spellCheck={false}
        required
        className="max-w-sm"
        hint="Your teacher has it."
        defaultValue={state?.values['code'] ?? code}
        error={state?.errors['code']}
      />
      <Button look={look} pending={pending}>
        Join course
      </Button>
    </PostForm>
  );
}
