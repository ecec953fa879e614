import { z } from 'zod';
import { avatar } from '../files/schema.js';
import { faultOfName } from './name-rule.js';

export const role = z.enum(['student', 'instructor', 'admin']).meta({ id: 'Role' });
export type Role = z.infer<typeof role>;

export const passwordMinLength = 10;
// bcrypt, which the auth service uses, reads no more than 72 bytes.
export const passwordMaxLength = 72;

export const email = z
  .string({ error: 'Enter your e-mail address.' })
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ error: 'This is not an e-mail address.' }));
export const newPassword = z
  .string({ error: 'Choose a password.' })
  // One letter, one writing: systems type é as one character or as two.
  .normalize('NFC')
  .min(passwordMinLength, { error: `Use at least ${passwordMinLength} characters.` })
  .refine((text) => new TextEncoder().encode(text).length <= passwordMaxLength, {
    error: `Use at most ${passwordMaxLength} characters.`,
  });

/** For a name that may be empty: whoever it belongs to gives one later. */
export const optionalFullName = z
  .string({ error: 'Enter your name.' })
  .trim()
  .max(200, { error: 'Use at most 200 characters.' })
  .check(({ value, issues }) => {
    const fault = faultOfName(value);
    if (fault) issues.push({ code: 'custom', message: fault, input: value });
  })
  .default('');

export const fullName = optionalFullName.unwrap().min(1, { error: 'Enter your name.' });

export const registerRequest = z
  .object({
    email,
    password: newPassword,
    fullName,
    enrolmentCode: z.string().trim().max(64).optional(),
  })
  .meta({ id: 'RegisterRequest' });
export type RegisterRequest = z.infer<typeof registerRequest>;

export const loginRequest = z
  .object({ email, password: z.string().min(1, { error: 'Enter your password.' }).max(1000) })
  .meta({ id: 'LoginRequest' });
export type LoginRequest = z.infer<typeof loginRequest>;

export const refreshRequest = z
  .object({ refreshToken: z.string().min(1).max(2000) })
  .meta({ id: 'RefreshRequest' });

export const passwordResetRequest = z.object({ email }).meta({ id: 'PasswordResetRequest' });

export const passwordResetConfirmRequest = z
  .object({ token: z.string().min(1).max(2000), password: newPassword })
  .meta({ id: 'PasswordResetConfirmRequest' });

export const me = z
  .object({
    id: z.guid(),
    email: z.string(),
    fullName: z.string(),
    role,
    organization: z.object({ id: z.guid(), slug: z.string(), name: z.string() }),
    avatar: avatar.nullable(),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

export const secondFactorState = z.enum(['none', 'verified', 'required', 'missing']).meta({
  description:
    'required: POST the code to /api/auth/second-factor first; missing: the school asks for a second step and there is none yet.',
});

export const session = z
  .object({
    accessToken: z.string(),
    refreshToken: z.string(),
    expiresAt: z.iso.datetime().meta({ description: 'When the access token stops working (UTC).' }),
    user: me,
    secondFactor: secondFactorState,
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

/** The answer to a sign-in with address and password. */
export const signedIn = session
  .extend({
    deviceToken: z.string().meta({
      description:
        'For the browser to keep for half a year. Sent as X-Known-Devices (several are separated by spaces) at the next sign-in, it is counted apart from others at the same address.',
    }),
  })
  .meta({ id: 'SignedIn' });

/** 201 has a session; 202 means that the address must be confirmed by mail first. */
export const confirmationPending = z
  .object({ status: z.literal('confirmation_pending') })
  .meta({ id: 'ConfirmationPending' });

/**
 * kept: a development installation shows the mail in its mailbox. mail_off: this server sends no mails; the request is
 * in the administrators' list, who hand the link over.
 */
export const linkRequested = z
  .object({ status: z.enum(['sent', 'kept', 'mail_off']) })
  .meta({ id: 'LinkRequested' });
export type LinkRequested = z.infer<typeof linkRequested>;

export const confirmationRequest = z.object({ email }).meta({ id: 'ConfirmationRequest' });

export const addressConfirmRequest = z
  .object({ token: z.string().min(1).max(2000) })
  .meta({ id: 'AddressConfirmRequest' });
