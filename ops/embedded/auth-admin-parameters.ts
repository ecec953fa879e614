import { hash } from 'bcryptjs';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AuthAdminError } from './auth-admin-error.js';

const metadata = z.record(z.string(), z.unknown());
const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'Unable to validate email address: invalid format');

export const accountParameters = z.object({
  email: emailAddress.optional(),
  password: z.string().optional(),
  email_confirm: z.boolean().default(false),
  user_metadata: metadata.optional(),
  app_metadata: metadata.optional(),
  ban_duration: z.string().optional(),
});

export const linkParameters = z.object({
  type: z.enum(['signup', 'invite', 'magiclink', 'recovery', 'email_change_new'], {
    error: ({ input }) => `Invalid email action link type requested: ${String(input)}`,
  }),
  email: emailAddress,
  /** For email_change_new: the address that the account is to have. */
  new_email: emailAddress.optional(),
  password: z.string().optional(),
  data: metadata.default({}),
});
export type LinkParameters = z.output<typeof linkParameters>;

/** The parameters of a request. Throws validation_failed with the first fault. */
export const parseParameters = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AuthAdminError(400, 'validation_failed', parsed.error.issues[0]?.message ?? 'Invalid request');
};

export const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

// Bytes that bcrypt looks at.
const mostBytes = 72;

/** A password as the embedded server stores it. One that is too long breaks GoTrue, and so it does here. */
export const hashedPassword = (text: string): Promise<string> => {
  if (Buffer.byteLength(text) > mostBytes) {
    throw new AuthAdminError(500, 'unexpected_failure', 'Internal Server Error');
  }
  return hash(text, 10);
};

/** Throws weak_password. */
export const demandLength = (password: string, minimumLength: number): void => {
  if (password.length >= minimumLength) return;
  const message = `Password should be at least ${minimumLength} characters.`;
  throw new AuthAdminError(422, 'weak_password', message, { weak_password: { reasons: ['length'] } });
};

export const addressMissing = () =>
  new AuthAdminError(400, 'validation_failed', 'An email address is required');

export const duplicateEmail = () =>
  new AuthAdminError(422, 'email_exists', 'A user with this email address has already been registered');

/** The account, or 404 as GoTrue says it. */
export const foundUser = <T>(user: T | undefined, message = 'User not found'): T => {
  if (user) return user;
  throw new AuthAdminError(404, 'user_not_found', message);
};
