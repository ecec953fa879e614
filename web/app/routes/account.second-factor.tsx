import {
  guardedSecondFactorRequest,
  secondFactorCodeRequest,
  startSecondFactorRequest,
} from '@coding-platform/api/schema/second-factor';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { Alert } from '~/components/alert';
import {
  confirmSecondFactor,
  loadSecondFactor,
  renewRecoveryCodes,
  startSecondFactor,
  turnOffSecondFactor,
} from '~/features/account/api.server';
import { RecoveryCodes } from '~/features/account/recovery-codes';
import { readSetUp, type SecondFactorAnswer } from '~/features/account/second-factor-form';
import { SecondFactorOff } from '~/features/account/second-factor-off';
import { SecondFactorOn } from '~/features/account/second-factor-on';
import { SecondFactorSetUpForm } from '~/features/account/second-factor-set-up-form';
import { parseForm, readForm, refuseByProblem } from '~/lib/form.server';
import { redirectWithNotice } from '~/lib/notice.server';
import { pageTitle } from '~/lib/product';
import { safeNext } from '~/lib/safe-next';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

export async function loader({ request }: LoaderFunctionArgs) {
  const next = new URL(request.url).searchParams.get('next');
  return { factor: await loadSecondFactor(request), next: safeNext(next, '/account/second-factor') };
}

const fields = { wrong_password: 'password', wrong_code: 'code' };

async function answerTo(request: Request, form: FormData): Promise<SecondFactorAnswer | Response> {
  const asked = form.get('intent');
  const intent = typeof asked === 'string' ? asked : '';
  const refused = ({ data: state, init }: ReturnType<typeof refuseByProblem>): SecondFactorAnswer => ({
    intent,
    state,
    status: init?.status ?? 400,
    setUp: intent === 'confirm' ? readSetUp(form) : null,
    codes: null,
  });
  const done = (more: Partial<SecondFactorAnswer>): SecondFactorAnswer => ({
    intent,
    state: undefined,
    status: 200,
    setUp: null,
    codes: null,
    ...more,
  });
  try {
    if (intent === 'start') {
      const parsed = parseForm(form, startSecondFactorRequest);
      return parsed.ok
        ? done({ setUp: await startSecondFactor(request, parsed.value) })
        : refused(parsed.refusal);
    }
    if (intent === 'confirm') {
      const parsed = parseForm(form, secondFactorCodeRequest);
      return parsed.ok
        ? done({ codes: await confirmSecondFactor(request, parsed.value) })
        : refused(parsed.refusal);
    }
    const parsed = parseForm(form, guardedSecondFactorRequest);
    if (!parsed.ok) return refused(parsed.refusal);
    if (intent === 'renew') return done({ codes: await renewRecoveryCodes(request, parsed.value) });
    await turnOffSecondFactor(request, parsed.value);
    return await redirectWithNotice('/account/second-factor', 'second_factor_off');
  } catch (thrown) {
    return refused(refuseByProblem(form, thrown, fields));
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const answer = await answerTo(request, await readForm(request));
  if (answer instanceof Response) throw answer;
  return data(answer, { status: answer.status, headers: { 'Cache-Control': 'no-store' } });
}

export const meta: MetaFunction = () => [{ title: pageTitle('Two-factor authentication') }];

export default function SecondFactorSettingsPage() {
  const { factor, next } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <section aria-labelledby="second-step">
      <h2 id="second-step" className="mb-2 text-xl">
        Two-factor authentication
      </h2>
      {answer?.codes ? (
        <RecoveryCodes codes={answer.codes} next={next} />
      ) : answer?.setUp ? (
        <SecondFactorSetUpForm setUp={answer.setUp} state={answer.state} />
      ) : factor.on ? (
        <SecondFactorOn factor={factor} answer={answer} />
      ) : factor.available ? (
        <SecondFactorOff factor={factor} state={answer?.state} />
      ) : (
        <Alert tone="neutral" title="Not available here">
          <p>Two-factor authentication is not configured on this server.</p>
        </Alert>
      )}
    </section>
  );
}
