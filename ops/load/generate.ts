import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Shot {
  method: string;
  path: string;
  body?: unknown;
  accessToken: string;
}

export interface Sample {
  /** From the moment at which the request was due to the last byte of its answer. */
  latencyMs: number;
  /** 0 when there was no answer. */
  status: number;
}

const timeoutMs = 15_000;

const send = (agent: Agent, url: URL, shot: Shot): Promise<number> =>
  new Promise((resolve) => {
    const body = shot.body === undefined ? undefined : JSON.stringify(shot.body);
    const outgoing = request(
      new URL(shot.path, url),
      {
        agent,
        method: shot.method,
        timeout: timeoutMs,
        headers: {
          Authorization: `Bearer ${shot.accessToken}`,
          ...(body === undefined
            ? {}
            : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
        },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0)).on('error', () => resolve(0));
      },
    );
    outgoing.once('timeout', () => outgoing.destroy()).on('error', () => resolve(0));
    outgoing.end(body);
  });

/**
 * Sends requests at a fixed rate, whether the server keeps up or not: a slow answer delays no later request, and a
 * latency counts from when its request was due, so that waiting in line is part of it (no coordinated omission).
 */
export const generate = async (options: {
  url: URL;
  perSecond: number;
  seconds: number;
  shot: (n: number) => Shot;
  onSample: (n: number, sample: Sample) => void;
}): Promise<void> => {
  const { url, perSecond, seconds, shot, onSample } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const count = Math.round(perSecond * seconds);
  const start = performance.now();
  const running: Promise<void>[] = [];
  for (let n = 0; n < count; n += 1) {
    const due = start + (n * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await sleep(early);
    running.push(
      send(agent, url, shot(n)).then((status) => onSample(n, { latencyMs: performance.now() - due, status })),
    );
  }
  await Promise.all(running);
  agent.destroy();
};
