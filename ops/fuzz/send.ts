import { connect } from 'node:net';
import type { FuzzCase } from './cases.js';
import { fill } from './values.js';

export interface FuzzAnswer {
  /** 0: none came. */
  status: number;
  head: string;
  body: string;
  elapsedMs: number;
}

const patienceMs = 90_000;
// A stream of events does not end by itself; what it tells at once is enough.
const streamMs = 300;

/** The bytes of a request as they go over the wire, however broken. */
export const wireOf = (one: FuzzCase, known: Record<string, string>): { head: string; body: Buffer } => {
  const { content } = one;
  const body = typeof content === 'string' ? Buffer.from(fill(content, known)) : Buffer.from(content);
  const announced = one.cutOff ? body.length + 1000 : body.length;
  const headers = [
    ...one.headers.map(([name, value]): [string, string] => [name, fill(value, known)]),
    ...(body.length > 0 || one.cutOff ? [['Content-Length', String(announced)] as [string, string]] : []),
  ];
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return {
    head: `${one.method} ${fill(one.path, known)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${lines}\r\n`,
    body,
  };
};

/** Sends a request by itself and waits for its answer, for at most 90 s. Never rejects. */
export const sendCase = (port: number, one: FuzzCase, known: Record<string, string>): Promise<FuzzAnswer> =>
  new Promise((resolve) => {
    const { head, body } = wireOf(one, known);
    const startedAt = performance.now();
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    const patience = setTimeout(() => socket.destroy(), patienceMs);
    socket.on('data', (chunk) => {
      if (chunks.push(chunk) > 1) return;
      if (/content-type: text\/event-stream/i.test(chunk.toString('latin1')))
        setTimeout(() => socket.destroy(), streamMs);
    });
    // A server may answer and close while the rest of a large body is on its way.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(patience);
      const text = Buffer.concat(chunks).toString();
      const end = text.indexOf('\r\n\r\n');
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
        head: text.slice(0, Math.max(end, 0)),
        body: end < 0 ? '' : text.slice(end + 4),
        elapsedMs: performance.now() - startedAt,
      });
    });
    socket.write(head, 'latin1');
    if (one.cutOff) socket.end(body);
    else socket.write(body);
  });
