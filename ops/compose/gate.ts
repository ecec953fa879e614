import { request } from 'node:https';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Door {
  /** DOMAIN and HTTPS_PORT. */
  domain: string;
  port: number;
}

const answerWithinMs = 10_000;

/** Status of a page through Caddy on this machine, as a browser gets it by the domain; 0 when nobody answers. */
const statusOf = ({ domain, port }: Door, path: string): Promise<number> =>
  new Promise((resolve) => {
    const host = isIP(domain) === 6 ? `[${domain}]` : domain;
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        path,
        servername: isIP(domain) ? '' : domain,
        headers: { Host: port === 443 ? host : `${host}:${port}` },
        // An own authority is fine; whether the certificate is good is doctor's.
        rejectUnauthorized: false,
        timeout: answerWithinMs,
        agent: false,
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    asked
      .once('timeout', () => asked.destroy())
      .on('error', () => resolve(0))
      .once('close', () => resolve(0));
    asked.end();
  });

const pages = ['/api/ready', '/login'];
const inARow = 3;
const pauseMs = 1000;

/**
 * Waits until the school answers through its door several times in a row, as after an exchange of all its programs.
 * Returns null, or what did not answer in time.
 */
export const passGate = async (door: Door, withinMs = 60_000): Promise<string | null> => {
  const end = Date.now() + withinMs;
  let good = 0;
  for (;;) {
    const found = await Promise.all(pages.map(async (page) => [page, await statusOf(door, page)] as const));
    const bad = found.find(([, status]) => status < 200 || status >= 400);
    good = bad ? 0 : good + 1;
    if (good >= inARow) return null;
    if (Date.now() > end) {
      const [page, status] = bad ?? found[0] ?? ['', 0];
      return `${page} ${status === 0 ? 'does not answer' : `answers ${status}`}`;
    }
    await sleep(pauseMs);
  }
};
