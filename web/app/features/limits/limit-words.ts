import type { Consumption, Limit, LimitRate } from '@coding-platform/api/schema/limits';

export const limitNames: Record<Limit['class'], string> = {
  auth: 'Signing in',
  password_reset: 'New passwords',
  read: 'Reading',
  public_read: 'Public pages',
  write: 'Changes',
  upload: 'Uploads',
  execution: 'Runs and submissions',
  admin: 'Administration',
};

export const identifierWords: Record<Limit['identifier'], string> = {
  ip_email: 'address and e-mail',
  user: 'person',
  user_or_ip: 'person; address, when not signed in',
};

export const sourceWords: Record<Limit['source'], string> = {
  default: 'Default',
  setting: 'Setting',
  administrator: 'Administrator',
};

const units = [
  { unit: 'h', seconds: 3600, word: 'hour' },
  { unit: 'm', seconds: 60, word: 'minute' },
  { unit: 's', seconds: 1, word: 'second' },
] as const;

export type WindowUnit = (typeof units)[number]['unit'];

const fitting = (seconds: number) => units.find((each) => seconds % each.seconds === 0) ?? units[2];

/** A window as a number and the largest unit that fits: 300 is 5 m. */
export const windowParts = (seconds: number): { number: number; unit: WindowUnit } => {
  const { unit, seconds: size } = fitting(seconds);
  return { number: seconds / size, unit };
};

export const windowSeconds = (number: number, unit: string): number =>
  number * (units.find((each) => each.unit === unit)?.seconds ?? Number.NaN);

const whole = new Intl.NumberFormat('en-GB');

/** "5 in 1 minute", "10 in 1 minute, 20 at once". */
export const rateWords = ({ limit, windowSeconds: seconds, burst }: LimitRate): string => {
  const { seconds: size, word } = fitting(seconds);
  const number = seconds / size;
  const window = `${number} ${word}${number === 1 ? '' : 's'}`;
  const rate = `${whole.format(limit)} in ${window}`;
  return burst === null ? rate : `${rate}, ${whole.format(burst)} at once`;
};

/** "17 of 1,200". */
export const usedWords = ({ used, limit }: Pick<Consumption, 'used' | 'limit'>): string =>
  `${whole.format(used)} of ${whole.format(limit)}`;

const kindWords: Record<Consumption['kind'], string> = {
  person: 'Somebody of another school',
  address: 'Somebody not signed in',
  device: 'A browser that signed in before',
  offender: 'Failed sign-ins of one address or browser',
  attacked: 'Failed sign-ins to one account',
};

/** Who it is: the name, or for others what kind with the beginning of a hash that tells two of them apart. */
export const whoWords = ({ name, kind, identity }: Pick<Consumption, 'name' | 'kind' | 'identity'>): string =>
  name ?? `${kindWords[kind]} (${(identity.split(':').at(-1) ?? '').slice(0, 8)})`;
