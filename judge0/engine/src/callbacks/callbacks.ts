import { lookup as resolve } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isPublicAddress } from './public-address.js';

const PARALLEL = 10;
const MAX_WAITING = 1000;
const RETRY_MS = 1000;

/** The address of a callback is not one that the engine may call. */
export class ForbiddenAddressError extends Error {
  override name = 'ForbiddenAddressError';
}

export interface CallbackOptions {
  maxTries: number;
  timeoutMs: number;
  /** Whether addresses of this machine and its networks may be called. */
  allowPrivate: boolean;
}

export interface Callbacks {
  /** Queues one delivery; never throws and never holds a slot. */
  send: (url: string, body: string) => void;
  /** Resolves when nothing is being delivered. */
  idle: () => Promise<void>;
}

type Outcome = 'delivered' | 'failed' | 'refused';

/** Delivers verdicts by PUT as Judge0 does: any HTTP answer counts, only a failure to get one is tried again. */
export function createCallbacks(
  options: CallbackOptions,
  log: Logger,
  onOutcome: (outcome: Outcome) => void,
): Callbacks {
  const waiting: { url: string; body: string }[] = [];
  const active = new Set<Promise<void>>();

  const next = () => {
    const delivery = active.size < PARALLEL ? waiting.shift() : undefined;
    if (!delivery) return;
    const work = deliver(delivery.url, delivery.body, options).then((outcome) => {
      active.delete(work);
      onOutcome(outcome.kind);
      // The path may hold a caller's secret.
      if (outcome.kind !== 'delivered') log.warn({ reason: outcome.reason }, 'a callback was not delivered');
      next();
    });
    active.add(work);
  };

  return {
    send: (url, body) => {
      if (waiting.length >= MAX_WAITING) {
        onOutcome('failed');
        log.warn('a callback was dropped: too many wait');
        return;
      }
      waiting.push({ url, body });
      next();
    },
    idle: async () => {
      while (active.size > 0) await Promise.all(active);
    },
  };
}

async function deliver(
  url: string,
  body: string,
  options: CallbackOptions,
): Promise<{ kind: Outcome; reason: string }> {
  for (let attempt = 1; ; attempt++) {
    try {
      await put(url, body, options);
      return { kind: 'delivered', reason: '' };
    } catch (error) {
      const reason = (error as Error).message;
      if (error instanceof ForbiddenAddressError) return { kind: 'refused', reason };
      if (attempt >= options.maxTries) return { kind: 'failed', reason };
      await sleep(RETRY_MS * attempt);
    }
  }
}

async function put(url: string, body: string, options: CallbackOptions): Promise<void> {
  const target = new URL(url);
  if (target.protocol !== 'http:' && target.protocol !== 'https:')
    throw new ForbiddenAddressError('not http or https');
  const address = await permittedAddress(target, options.allowPrivate);
  const { request } = target.protocol === 'https:' ? https : http;
  await new Promise<void>((done, fail) => {
    const call = request(
      target,
      {
        method: 'PUT',
        headers: {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
          Connection: 'close',
        },
        timeout: options.timeoutMs,
        agent: false,
        // The checked address and no other: a second look-up could answer differently (DNS rebinding).
        lookup: (_host, wanted, callback) => {
          const family = isIP(address);
          if (wanted.all) callback(null, [{ address, family }]);
          else callback(null, address, family);
        },
      },
      (response) => {
        // Redirects are not followed: they would lead past the check.
        response.resume();
        response.once('end', done);
        response.on('error', fail);
      },
    );
    const deadline = setTimeout(() => call.destroy(new Error('no answer in time')), options.timeoutMs);
    call.once('timeout', () => call.destroy(new Error('no answer in time')));
    call.on('error', fail);
    call.once('close', () => clearTimeout(deadline));
    call.end(body);
  });
}

async function permittedAddress(target: URL, allowPrivate: boolean): Promise<string> {
  const host = target.hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = isIP(host) ? [host] : (await resolve(host, { all: true })).map(({ address }) => address);
  const [first] = addresses;
  if (!first) throw new Error('the host has no address');
  if (!allowPrivate && !addresses.every(isPublicAddress))
    throw new ForbiddenAddressError('the address is not public');
  return first;
}
