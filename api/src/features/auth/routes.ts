import { countSignIn } from '../../http/count-sign-in.js';
import { deviceOf, publicEndpoint, sessionEndpoint, userEndpoint } from '../../http/endpoint.js';
import type { Metrics } from '../../lib/metrics.js';
import {
  addressConfirmRequest,
  confirmationPending,
  confirmationRequest,
  linkRequested,
  loginRequest,
  me,
  passwordResetConfirmRequest,
  passwordResetRequest,
  refreshRequest,
  registerRequest,
  session,
  signedIn,
  type LinkRequested,
} from './schema.js';
import type { AuthService } from './service.js';

const tag = 'Accounts';

/** Accounts and sessions. */
export const authRoutes = ({
  auth,
  metrics,
  issueDevice,
}: {
  auth: AuthService;
  metrics: Metrics;
  issueDevice: (email: string) => string;
}) => {
  const asked: LinkRequested = { status: auth.linkStatus };
  return {
    register: publicEndpoint(
      {
        summary: 'Make an account, and enrol in a course when a code is given',
        tag,
        limit: 'auth',
        body: registerRequest,
        responses: { 201: session, 202: confirmationPending },
      },
      async ({ body, request }) => {
        const created = await auth.register(body, deviceOf(request));
        return created
          ? { status: 201, body: created }
          : { status: 202, body: { status: 'confirmation_pending' } };
      },
    ),
    login: publicEndpoint(
      {
        summary: 'Sign in',
        tag,
        limit: 'auth',
        guardsAccount: true,
        body: loginRequest,
        responses: { 200: signedIn },
      },
      async ({ body, request }) => {
        const begun = await countSignIn(metrics, 'password', () => auth.login(body, deviceOf(request)));
        return { status: 200, body: { ...begun, deviceToken: issueDevice(body.email) } };
      },
    ),
    refresh: publicEndpoint(
      {
        summary: 'Exchange a refresh token for a new session',
        tag,
        limit: 'read',
        limitBy: 'refreshToken',
        body: refreshRequest,
        responses: { 200: session },
      },
      async ({ body }) => ({ status: 200, body: await auth.refresh(body.refreshToken) }),
    ),
    logout: sessionEndpoint(
      { summary: 'End this session', tag, limit: 'write', responses: { 204: 'Ended.' } },
      async ({ caller }) => {
        await auth.logout(caller);
        return { status: 204 };
      },
    ),
    passwordReset: publicEndpoint(
      {
        summary: 'Ask for a link to set a new password; the answer is the same for an unknown address',
        tag,
        limit: 'password_reset',
        body: passwordResetRequest,
        responses: { 202: linkRequested },
      },
      async ({ body }) => {
        await auth.requestPasswordReset(body.email);
        return { status: 202, body: asked };
      },
    ),
    confirmation: publicEndpoint(
      {
        summary:
          'Ask once more for the link that opens a new account; the answer is the same for every address',
        tag,
        limit: 'password_reset',
        body: confirmationRequest,
        responses: { 202: linkRequested },
      },
      async ({ body }) => {
        await auth.requestConfirmation(body.email);
        return { status: 202, body: asked };
      },
    ),
    confirm: publicEndpoint(
      {
        summary: 'Open a new account by the token of the mailed link',
        tag,
        limit: 'auth',
        limitBy: 'token',
        body: addressConfirmRequest,
        responses: { 200: session },
      },
      async ({ body, request }) => ({
        status: 200,
        body: await auth.confirmAddress(body.token, deviceOf(request)),
      }),
    ),
    passwordResetConfirm: publicEndpoint(
      {
        summary: 'Set a new password by the token of the mailed link',
        tag,
        limit: 'password_reset',
        limitBy: 'token',
        body: passwordResetConfirmRequest,
        responses: { 204: 'The new password holds; all sessions have ended.' },
      },
      async ({ body }) => {
        await auth.confirmPasswordReset(body.token, body.password);
        return { status: 204 };
      },
    ),
    me: userEndpoint(
      { summary: 'Who I am', tag, limit: 'read', responses: { 200: me } },
      async ({ caller }) => ({ status: 200, body: await auth.profileOf(caller) }),
    ),
  };
};
