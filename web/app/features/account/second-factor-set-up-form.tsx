import type { SecondFactorSetUp } from '@coding-platform/api/schema/second-factor';
import { useNavigation } from '@remix-run/react';
import { Button } from '~/components/button';
import { CodeField } from '~/components/code-field';
import { FormMessage } from '~/components/form-message';
import { PostForm } from '~/components/post-form';
import type { FormState } from '~/lib/form-state';
import { useFocusFirstError } from '~/lib/use-focus-first-error';

/** The secret as a picture and as text, and the first code that turns it on. */
export function SecondFactorSetUpForm({
  setUp,
  state,
}: {
  setUp: SecondFactorSetUp;
  state: FormState | undefined;
}) {
  const form = useFocusFirstError(state);
  const pending = useNavigation().formData?.get('intent') === 'confirm';
  return (
    <ol className="list-decimal space-y-6 pl-5">
      <li>
        Open an authenticator app on your phone. Any will do, as Aegis, FreeOTP or the one of your password
        manager.
      </li>
      <li>
        <p>Scan this picture with it.</p>
        {/* Apps read dark on light, also when the page is dark. */}
        <img
          src={setUp.qrCode}
          alt="QR code for the authenticator app; the key below says the same"
          width={240}
          height={240}
          className="my-3 rounded-lg border border-line"
        />
        <p>
          Or type this key: <code className="font-mono break-all">{inGroups(setUp.secret)}</code>
        </p>
        <p className="mt-1">
          <a className="link" href={setUp.uri}>
            Open in an app on this device
          </a>
        </p>
      </li>
      <li>
        <p className="mb-3">Type the code that the app shows now.</p>
        <PostForm ref={form} noValidate className="max-w-md space-y-5">
          <FormMessage message={state?.message} />
          <input type="hidden" name="intent" value="confirm" />
          <input type="hidden" name="secret" value={setUp.secret} />
          <input type="hidden" name="uri" value={setUp.uri} />
          <input type="hidden" name="qrCode" value={setUp.qrCode} />
          <CodeField state={state} />
          <Button pending={pending}>Turn on</Button>
        </PostForm>
      </li>
    </ol>
  );
}

const inGroups = (secret: string): string => secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
