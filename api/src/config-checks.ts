import { isRapidApi } from './judge/rapid-api.js';

/** The values that were read, of settings that are right one by one. */
interface Known {
  NODE_ENV?: string | undefined;
  APP_ENV?: string | undefined;
  APP_URL?: string | undefined;
  JUDGE0_API_URL?: string[] | undefined;
  JUDGE0_API_KEY?: string | undefined;
  MAILBOX?: string | undefined;
  DRILL?: string | undefined;
}
type Environment = Readonly<Record<string, string | undefined>>;
type Check = (values: Known, env: Environment) => string[];

const isSet = (name: string, values: Known): boolean =>
  (values as Record<string, unknown>)[name] !== undefined;

/** Settings that are of use together only. */
const pairs = [
  ['MAILJET_API_KEY', 'MAILJET_API_SECRET'],
  ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  ['JUDGE0_API_KEY', 'JUDGE0_API_URL'],
] as const;

const halfSet: Check = (values, env) =>
  pairs.flatMap(([one, other]) => {
    // What is set but wrong has its own line already.
    const given = (name: string): boolean =>
      isSet(name, values) || Boolean(env[name]) || Boolean(env[`${name}_FILE`]);
    if (given(one) === given(other)) return [];
    // The address of a judge alone is a judge without a key.
    if (given('JUDGE0_API_URL') && other === 'JUDGE0_API_URL') return [];
    const [set, unset] = given(one) ? [one, other] : [other, one];
    return [`${set} is set without ${unset}: set both or neither`];
  });

const rapidApiKey: Check = ({ JUDGE0_API_URL: urls, JUDGE0_API_KEY: key }, env) =>
  urls?.some(isRapidApi) && !key && !env['JUDGE0_API_KEY']
    ? ['JUDGE0_API_KEY is not set: RapidAPI wants the X-RapidAPI-Key of your subscription']
    : [];

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

const modes: Check = ({ APP_ENV: appEnv, NODE_ENV: nodeEnv, APP_URL: appUrl, DRILL: drill }) => {
  const production = (appEnv ?? nodeEnv) === 'production';
  const problems: string[] = [];
  if (
    (appEnv === 'production' || appEnv === 'staging') &&
    nodeEnv !== undefined &&
    nodeEnv !== 'production'
  ) {
    problems.push(`NODE_ENV must be production when APP_ENV is ${appEnv}`);
  }
  if (production && appUrl) {
    const { protocol, hostname } = new URL(appUrl);
    // Over plain http a session could be read on the way.
    if (protocol === 'http:' && !loopback.test(hostname)) {
      problems.push('APP_URL must be a https address in production (http only on localhost)');
    }
  }
  if (drill === 'on' && appEnv !== 'development') {
    problems.push('DRILL lets anybody make requests fail: it may be set with APP_ENV=development only');
  }
  return problems;
};

/** Mails have one way out and one sender; a mailbox that pages show holds the ways into accounts. */
const mail: Check = (values, env) => {
  const given = (name: string): boolean =>
    isSet(name, values) || Boolean(env[name]) || Boolean(env[`${name}_FILE`]);
  const problems: string[] = [];
  const mailjet = given('MAILJET_API_KEY') && given('MAILJET_API_SECRET');
  const senders = [mailjet && 'MAILJET_API_KEY', given('SMTP_URL') && 'SMTP_URL'].filter(Boolean);
  if (senders.length > 1) problems.push('MAILJET_API_KEY and SMTP_URL are both set: keep one of them');
  if (senders.length > 0 && !given('FROM_EMAIL')) {
    problems.push(`FROM_EMAIL is not set: ${senders[0]} sends mails, and they must be from somebody`);
  }
  if (values.MAILBOX && values.MAILBOX !== 'off' && values.APP_ENV !== 'development') {
    problems.push('MAILBOX shows the ways into accounts: it may be set with APP_ENV=development only');
  }
  return problems;
};

/** What is wrong between settings that are right one by one; never a value. */
export const problemsBetween: Check = (values, env) =>
  [halfSet, rapidApiKey, modes, mail].flatMap((check) => check(values, env));
