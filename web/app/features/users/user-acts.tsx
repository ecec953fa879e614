import type { UserDetail } from '@coding-platform/api/schema/users';

import { Button } from '~/components/button';
import { ConfirmButton } from '~/components/confirm-dialog';
import { PostForm } from '~/components/post-form';
import { roleWithArticle } from '~/lib/role-words';

const roles = ['student', 'instructor', 'admin'] as const;

/** What can be done with an account. What others would notice at once is asked before. */
export function UserActs({ user }: { user: UserDetail }) {
  const { fullName, role, deactivatedAt, secondFactor, coursesTaught } = user;
  return (
    <section aria-labelledby="acts" className="space-y-4">
      <h2 id="acts" className="text-lg">
        Change
      </h2>
      <div className="flex flex-wrap gap-3">
        {roles
          .filter((other) => other !== role)
          .map((other) => (
            <ConfirmButton
              key={other}
              name={`role-${other}`}
              label={`Make ${roleWithArticle[other]}`}
              title={`Make ${fullName} ${roleWithArticle[other]}?`}
              confirmLabel="Change role"
              look={other === 'admin' || role === 'admin' ? 'danger' : 'primary'}
              fields={{ intent: 'role', role: other, confirmOwn: 'yes' }}
            >
              <p>{consequenceOf(other)}</p>
              {role === 'admin' ? <p>If this is your own account, you give up your own rights.</p> : null}
              {role === 'instructor' && other === 'student' && coursesTaught.length > 0 ? (
                <p>Until they are given to somebody else, only administrators run the courses taught here.</p>
              ) : null}
            </ConfirmButton>
          ))}
      </div>
      <div className="flex flex-wrap gap-3">
        {deactivatedAt ? (
          <PostForm>
            <input type="hidden" name="intent" value="open" />
            <Button>Open the account</Button>
          </PostForm>
        ) : (
          <>
            <PostForm>
              <input type="hidden" name="intent" value="password-link" />
              <Button look="secondary">Make a link to a new password</Button>
            </PostForm>
            {secondFactor ? (
              <ConfirmButton
                name="second-factor"
                label="Turn off two-factor authentication"
                title={`Turn off two-factor authentication for ${fullName}?`}
                confirmLabel="Turn it off"
                fields={{ intent: 'second-factor' }}
              >
                <p>
                  For someone who lost the phone and the recovery codes. The password alone opens the account
                  then.
                </p>
              </ConfirmButton>
            ) : null}
            <ConfirmButton
              name="close"
              label="Close the account"
              buttonLook="danger"
              title={`Close the account of ${fullName}?`}
              confirmLabel="Close the account"
              fields={{ intent: 'close' }}
            >
              <p>
                {fullName} is signed out everywhere at once and cannot sign in. All work stays, and you can
                open the account again.
              </p>
            </ConfirmButton>
          </>
        )}
      </div>
    </section>
  );
}

const consequenceOf = (role: (typeof roles)[number]): string =>
  ({
    student: 'Students see the courses that they are in and their own work, and nothing else.',
    instructor: 'Instructors make courses and see the work of everybody in them.',
    admin: 'Administrators see everything of the school and can change and close every account.',
  })[role];
