import type { CheckName, CheckStatus } from '@coding-platform/api/schema/health';
import type { Tone } from '~/lib/verdict-words';

/** What a part is called, what stops without it, and what switches it on. */
export const partWords: Record<CheckName, { label: string; use: string; off: string }> = {
  database: {
    label: 'Database',
    use: 'Accounts, courses and submissions. Nothing works without it.',
    off: '',
  },
  redis: {
    label: 'Redis',
    use: 'Limits and cache that all processes share. While it is unavailable, each process has its own.',
    off: 'Set REDIS_URL to switch it on.',
  },
  judge0: {
    label: 'Judge',
    use: 'Runs programs. It is tried with a real one, at most every half minute.',
    off: 'Set JUDGE0_API_URL to switch running and judging on.',
  },
  mail: {
    label: 'Mail',
    use: 'Invitations, confirmations and new passwords. While it is unavailable, messages wait.',
    off: 'Set MAILJET_API_KEY and MAILJET_API_SECRET, or SMTP_URL, to switch it on.',
  },
  storage: {
    label: 'Files',
    use: 'Attachments of lessons, and pictures of people.',
    off: 'This Supabase project has no Storage.',
  },
};

/** A state in a word. */
export const stateWords: Record<CheckStatus, { label: string; tone: Tone }> = {
  healthy: { label: 'Healthy', tone: 'good' },
  unhealthy: { label: 'Unavailable', tone: 'bad' },
  disabled: { label: 'Off', tone: 'neutral' },
};

/** After one failure: the next check decides. */
export const doubtfulState: { label: string; tone: Tone } = {
  label: 'Failed once, checking again',
  tone: 'warn',
};

const units = [
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3600 },
  { name: 'minute', seconds: 60 },
  { name: 'second', seconds: 1 },
] as const;

/** A duration in its two largest units, as "3 days 4 hours". */
export const durationWords = (seconds: number): string => {
  const first = units.findIndex((unit) => seconds >= unit.seconds);
  if (first === -1) return '0 seconds';
  let rest = seconds;
  return units
    .slice(first, first + 2)
    .flatMap(({ name, seconds: size }) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? [] : [`${count} ${name}${count === 1 ? '' : 's'}`];
    })
    .join(' ');
};
