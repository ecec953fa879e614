import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A case that was sent to the judge: which program, on which input. */
export interface SentCase {
  sourceCode: string;
  stdin: string;
}

const decode = (base64 = ''): string => Buffer.from(base64, 'base64').toString('utf8');

/**
 * Passes everything on to a real judge and writes down each case that is created. `target` is asked for each
 * request, so that the judge behind it may be restarted elsewhere.
 */
export const startJudgeProxy = async (target: () => string) => {
  const sent: SentCase[] = [];
  const server: Server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const upstream = forward(
        new URL(incoming.url ?? '/', target()),
        { method: incoming.method, headers: incoming.headers },
        (answer) => {
          if (incoming.method === 'POST' && answer.statusCode === 201) {
            const { submissions } = JSON.parse(body.toString('utf8')) as {
              submissions: { source_code?: string; stdin?: string }[];
            };
            sent.push(
              ...submissions.map((one) => ({
                sourceCode: decode(one.source_code),
                stdin: decode(one.stdin),
              })),
            );
          }
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      upstream.on('error', () => outgoing.destroy());
      upstream.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
