import type { SecondFactor } from '@coding-platform/api/schema/second-factor';
import { useNavigation } from '@remix-run/react';
import { Alert } from '~/components/alert';
import { Button } from '~/components/button';
import { PasswordField } from '~/components/credential-fields';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import type { FormState } from '~/lib/form-state';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

/** What two-factor authentication is, and the way to it. */
export function SecondFactorOff({ factor, state }: { factor: SecondFactor; state: FormState | undefined }) {
  const form = useFocusFirstError(state);
  const pending = useNavigation().formData?.get('intent') === 'start';
  return (
    <>
      {factor.required ? (
        <Alert tone="warn" title="Your school requires two-factor authentication" className="mb-5">
          <p>Set it up now; then you can continue with your courses.</p>
        </Alert>
      ) : null}
      <p className="mb-5 max-w-prose text-muted">
        You see the work and the results of others. Two-factor authentication protects them from whoever
        learns your password: at sign-in you also type a code from an authenticator app on your phone.
      </p>
      <PostForm ref={form} noValidate className="max-w-md space-y-5">
        <FormMessage message={state?.message} />
        <input type="hidden" name="intent" value="start" />
        <PasswordField state={state} label="Your password" />
        <Button pending={pending}>Set up</Button>
      </PostForm>
    </>
  );
}
