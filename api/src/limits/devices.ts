import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A browser that signed in well is known for so long: half a year, so that it lives through the holidays. */
export const deviceDays = 183;
const dayMs = 24 * 3600 * 1000;
/** A browser that several people share has a token of each. */
export const mostDeviceTokens = 8;

/**
 * Browsers that have signed in with an address before. Each keeps a signed token, `nonce.day.signature`, that is good for
 * that address only and tells nothing about it. `salt` is a secret that all processes of the installation have.
 */
export const createDevices = (salt: string, now: () => number = Date.now) => {
  const signatureOf = (nonce: string, day: string, email: string): Buffer =>
    createHmac('sha256', `known devices ${salt}`)
      .update(`${nonce} ${day} ${email.trim().toLowerCase()}`)
      .digest();

  const isGood = (token: string, email: string): boolean => {
    const [nonce = '', day = '', signature = ''] = token.split('.');
    const age = Math.floor(now() / dayMs) - Number(day);
    const given = Buffer.from(signature, 'base64url');
    const right = signatureOf(nonce, day, email);
    return age >= 0 && age <= deviceDays && given.length === right.length && timingSafeEqual(given, right);
  };

  return {
    /** A token for the browser that has just signed in with this address. */
    issue: (email: string): string => {
      const nonce = randomBytes(12).toString('base64url');
      const day = String(Math.floor(now() / dayMs));
      return [nonce, day, signatureOf(nonce, day, email).toString('base64url')].join('.');
    },

    /** Who is counted for a browser that is known for this address, as `device:…`; null when it is not. */
    identityOf: (tokens: string | undefined, email: string): string | null => {
      const known = (tokens ?? '')
        .split(' ', mostDeviceTokens)
        .find((token) => token !== '' && isGood(token, email));
      return known === undefined ? null : `device:${known.split('.', 1)[0]}`;
    },
  };
};

export type Devices = ReturnType<typeof createDevices>;
