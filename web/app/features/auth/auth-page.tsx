import type { ReactNode } from 'react';

interface AuthPageProps {
  title: string;
  intro?: ReactNode;
  /** Below the form: the way to the neighbouring page. */
  after?: ReactNode;
  children: ReactNode;
}

/** The frame of the pages with one short form: sign in, register, password. */
export function AuthPage({ title, intro, after, children }: AuthPageProps) {
  return (
    <div className="mx-auto w-full max-w-md">
      <h1 className="text-2xl sm:text-3xl">{title}</h1>
      {intro ? <div className="mt-2 text-muted">{intro}</div> : null}
      <div className="mt-8">{children}</div>
      {after ? <div className="mt-8 border-t border-line pt-5 text-muted">{after}</div> : null}
    </div>
  );
}
