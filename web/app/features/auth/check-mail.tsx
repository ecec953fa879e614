import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { AuthPage } from './auth-page';

/** The page after a form whose next step comes by mail. */
export function CheckMail({ email, children }: { email: string; children: ReactNode }) {
  return (
    <AuthPage
      title="Look into your mail"
      after={
        <Link className="link" to="/login">
          Back to sign in
        </Link>
      }
    >
      <div role="status" className="space-y-3">
        <p>
          A message is on its way to <strong className="break-all">{email}</strong>. {children}
        </p>
        <p className="text-muted">
          Nothing there after some minutes? Look into the spam folder, or ask your teacher.
        </p>
      </div>
    </AuthPage>
  );
}
