import http from 'node:http';
import https from 'node:https';

/** An answer as the suite compares it; the body parsed where it is JSON. */
export interface Answer {
  http: number;
  content_type: string | null;
  body: unknown;
  headers: http.IncomingHttpHeaders;
}

export interface Call {
  method: string;
  path: string;
  headers?: Record<string, string>;
  contentType?: string | null;
  /** Sent as it is when a string, else as JSON. */
  body?: unknown;
}

/** One HTTP call with exactly these headers, unlike fetch, which adds and refuses some. */
export function send(baseUrl: string, call: Call): Promise<Answer> {
  const url = new URL(baseUrl + call.path);
  const text =
    call.body === undefined || call.body === null
      ? ''
      : typeof call.body === 'string'
        ? call.body
        : JSON.stringify(call.body);
  const headers: Record<string, string> = { ...call.headers };
  if (call.contentType) headers['Content-Type'] = call.contentType;
  if (text || call.method === 'POST') headers['Content-Length'] = String(Buffer.byteLength(text));
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: call.method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.once('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const type = response.headers['content-type'] ?? null;
        resolve({
          http: response.statusCode ?? 0,
          content_type: type,
          body: type?.includes('json') ? (JSON.parse(body) as unknown) : body,
          headers: response.headers,
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(text);
  });
}
