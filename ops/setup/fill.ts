import { appUrlOf } from './domain.js';
import type { JudgeProfile } from './judge.js';
import { profilesOf } from './needed.js';
import { questions, type Known } from './questions.js';
import { keyRoles, randomSecret, signedKey, type KeyName } from './secrets.js';
import { serverSettingList } from './settings.js';

const passing = new Set(questions.filter((question) => question.passing).map(({ name }) => name));

/** Grafana's settings of the mail server that SMTP_URL names. */
const alertMail = (smtpUrl: string | undefined): Record<string, string> => {
  if (!smtpUrl || !URL.canParse(smtpUrl)) return {};
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  return {
    ALERT_SMTP_HOST: `${hostname}:${port || (protocol === 'smtps:' ? '465' : '587')}`,
    ALERT_SMTP_USER: decodeURIComponent(username),
    ALERT_SMTP_PASSWORD: decodeURIComponent(password),
  };
};

const derived = (values: Known, answers: Known, judge: JudgeProfile): Record<string, string> => ({
  APP_URL: appUrlOf(values['DOMAIN'] ?? '', values['HTTPS_PORT'] || '443'),
  COMPOSE_PROFILES: [judge, ...(answers['MONITORING'] === 'no' ? [] : ['monitoring'])].join(','),
  ...(values['TLS_MODE'] === 'acme' ? { ACME_EMAIL: values['ADMIN_EMAIL'] ?? '' } : {}),
  ...(values['ALERT_SMTP_HOST'] ? {} : alertMail(values['SMTP_URL'])),
  ...(answers['MAIL'] === 'mailjet' || answers['MAIL'] === 'smtp'
    ? { FROM_NAME: values['ORGANIZATION_NAME'] ?? '' }
    : {}),
});

/** What .env lacks, with values: answers, what follows from them, random secrets and keys signed by one of them. */
export const missingValues = async (
  existing: Known,
  answers: Known,
  judge: JudgeProfile,
): Promise<Record<string, string>> => {
  const added: Record<string, string> = {};
  const add = (values: Known): void => {
    for (const [name, value] of Object.entries(values)) if (!existing[name] && value) added[name] = value;
  };
  add(Object.fromEntries(Object.entries(answers).filter(([name]) => !passing.has(name))));
  add(derived({ ...existing, ...added }, answers, judge));
  const profiles = profilesOf({ ...existing, ...added });
  for (const [name, { kind, profile }] of serverSettingList()) {
    if (kind === 'secret' && (profile === undefined || profiles.includes(profile)))
      add({ [name]: randomSecret() });
  }
  // Keys of another secret would be refused by every service.
  const resign = added['SUPABASE_JWT_SECRET'] !== undefined;
  const secret = added['SUPABASE_JWT_SECRET'] ?? existing['SUPABASE_JWT_SECRET'] ?? '';
  for (const name of Object.keys(keyRoles) as KeyName[]) {
    if (resign || !existing[name]) added[name] = await signedKey(name, secret);
  }
  return added;
};
