import type { SecondFactor } from '@coding-platform/api/schema/second-factor';
import { useNavigation } from '@remix-run/react';
import { Alert } from '~/components/alert';
import { Button } from '~/components/button';
import { CodeField } from '~/components/code-field';
import { PasswordField } from '~/components/credential-fields';
import { FormMessage } from '~/components/form-message';
import { LocalTime } from '~/components/local-time';
import { PostForm } from '~/components/post-form';
import type { FormState } from '~/lib/form-state';
import { useFocusFirstError } from '~/lib/use-focus-first-error';
import type { SecondFactorAnswer } from './second-factor-form';

const fewCodes = 3;

/** Since when it is on, new recovery codes, and the way to turn it off. */
export function SecondFactorOn({
  factor,
  answer,
}: {
  factor: SecondFactor;
  answer: SecondFactorAnswer | undefined;
}) {
  const stateOf = (intent: string) => (answer?.intent === intent ? answer.state : undefined);
  return (
    <div className="space-y-6">
      <p>
        It is on
        {factor.since ? (
          <>
            {' '}
            since <LocalTime iso={factor.since} />
          </>
        ) : null}
        . You have {factor.recoveryCodesLeft} of 10 recovery codes left.
      </p>
      {factor.recoveryCodesLeft < fewCodes ? (
        <Alert tone="warn" title="Few recovery codes are left">
          <p>Make new ones, so that a lost phone does not lock you out.</p>
        </Alert>
      ) : null}
      <GuardedForm
        intent="renew"
        title="New recovery codes"
        text="The old ones stop working."
        button="Make new codes"
        look="secondary"
        state={stateOf('renew')}
      />
      <GuardedForm
        intent="off"
        title="Turn it off"
        text={
          factor.required
            ? 'Your school requires two-factor authentication: you will have to set it up again at once.'
            : 'Then your password alone opens your account.'
        }
        button="Turn off"
        look="danger"
        state={stateOf('off')}
      />
    </div>
  );
}

interface GuardedFormProps {
  intent: string;
  title: string;
  text: string;
  button: string;
  look: 'secondary' | 'danger';
  state: FormState | undefined;
}

/** An act that needs password and code, behind a title that opens it. */
function GuardedForm({ intent, title, text, button, look, state }: GuardedFormProps) {
  const form = useFocusFirstError(state);
  const pending = useNavigation().formData?.get('intent') === intent;
  return (
    <details open={state !== undefined} className="rounded-lg border border-line bg-surface px-5 py-3">
      <summary className="min-h-8 cursor-pointer font-medium">{title}</summary>
      <p className="mt-2 text-muted">{text}</p>
      <PostForm ref={form} noValidate className="mt-4 mb-2 max-w-md space-y-5">
        <FormMessage message={state?.message} />
        <input type="hidden" name="intent" value={intent} />
        <PasswordField state={state} label="Your password" />
        <CodeField state={state} hint="From your app, or one of your recovery codes." />
        <Button look={look} pending={pending}>
          {button}
        </Button>
      </PostForm>
    </details>
  );
}
