import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ButtonLink } from '~/components/button';
import { ExampleAttempt } from '~/features/landing/example-attempt';
import { Facts } from '~/features/landing/facts';
import { productName } from '~/lib/product';
import { getOptionalSession } from '~/lib/session.server';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

const forLearners = [
  {
    term: 'Read, then try',
    text: 'Each lesson explains one idea and ends with problems that need it, from easy to hard.',
  },
  {
    term: 'Python, C, C++, Java, JavaScript',
    text: 'The editor is in the page, the compilers are on the server: a school laptop needs a browser and nothing else.',
  },
  {
    term: 'See why a test failed',
    text: 'The input, the expected output and yours side by side, with the difference marked. Hidden tests give a hint.',
  },
  {
    term: 'Stop and go on',
    text: 'Your program is saved while you type, also when the network drops. Another computer has it, too.',
  },
];

const forSchools = [
  {
    term: 'On your own server',
    text: 'Accounts, programs and results stay in your own database, on a machine that you can point at.',
  },
  {
    term: 'Safe to run',
    text: "Learners' programs run sealed off: no network, no other learner's files, limits on time and memory.",
  },
  {
    term: 'A code is enough',
    text: 'Write the course code on the board. Learners register with it and are in the course.',
  },
  {
    term: 'One command to start',
    text: 'A Debian machine and "make start" give you a school to try, with a course of lessons and problems in it.',
  },
];

export async function loader({ request }: LoaderFunctionArgs) {
  return { signedIn: (await getOptionalSession(request)) !== null };
}

export const meta: MetaFunction = () => [
  { title: `${productName}: learn to program at your school` },
  {
    name: 'description',
    content:
      'Programming lessons and problems for schools, on their own server: write a program, see which test it fails, fix it.',
  },
];

export default function Landing() {
  const { signedIn } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="grid items-center gap-x-14 gap-y-12 pb-20 lg:grid-cols-[minmax(0,1fr)_minmax(0,28rem)] lg:pt-6">
        <div>
          <h1 className="text-3xl sm:text-4xl">Write a program. See which test it fails. Fix it.</h1>
          <p className="mt-6 max-w-xl text-lg text-muted">
            Your school&rsquo;s programming courses: lessons to read, problems to solve in the browser, and an
            answer to every attempt within seconds.
          </p>
          <Entrance signedIn={signedIn} />
        </div>
        <ExampleAttempt />
      </div>
      <div className="space-y-16">
        <Facts id="learners" title="For learners" facts={forLearners} />
        <Facts id="schools" title="For schools" facts={forSchools} />
      </div>
    </>
  );
}

function Entrance({ signedIn }: { signedIn: boolean }) {
  if (signedIn) {
    return (
      <p className="mt-8">
        <ButtonLink to="/dashboard">Go to the dashboard</ButtonLink>
      </p>
    );
  }
  return (
    <>
      <p className="mt-8 flex flex-wrap gap-3">
        <ButtonLink to="/register">Register with a course code</ButtonLink>
        <ButtonLink to="/login" look="secondary">
          Sign in
        </ButtonLink>
      </p>
      <p className="mt-4 text-sm text-muted">
        Your teacher has the code. You can register without one and join later.
      </p>
    </>
  );
}
