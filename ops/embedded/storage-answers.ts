/** Where the embedded Storage answers otherwise than Supabase's own: its requests pass through here. */
import { wantedRange, type ByteRange } from './storage-files.js';

const prefix = '/storage/v1';
const signedObject = /^\/storage\/v1\/object\/sign\/[^/]+\/./;

export const isStorageRequest = (request: Request): boolean =>
  new URL(request.url).pathname.startsWith(`${prefix}/`);

/** Whether it asks for the bytes of an object, which may be JSON as well. */
const isObject = ({ method }: Request, pathname: string): boolean =>
  ['GET', 'HEAD'].includes(method) &&
  pathname.startsWith(`${prefix}/object/`) &&
  !pathname.includes('/object/list');

const rangeOf = (request: Request): ByteRange | undefined => {
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '') ?? [];
  return start === undefined ? undefined : { start: Number(start), end: end ? Number(end) : undefined };
};

interface Refusal {
  statusCode: string;
  code: string;
  error: string;
  message: string;
}

/** The names that storage-api gives its errors, by its own message. */
const codes: [message: string, code: string][] = [
  ['Bucket not found', 'NoSuchBucket'],
  ['Object not found', 'NoSuchKey'],
  ['new row violates row-level security policy', 'AccessDenied'],
  ['The bucket you tried to delete is not empty', 'ResourceNotEmpty'],
  ['The object exceeded the maximum allowed size', 'EntityTooLarge'],
];

const codeOf = (pathname: string, message: string): string | undefined => {
  if (message === 'The resource already exists') {
    return pathname === `${prefix}/bucket` ? 'BucketAlreadyExists' : 'KeyAlreadyExists';
  }
  return codes.find(([known]) => known === message)?.[1];
};

const json = (body: unknown, status: number): Response =>
  Response.json(body, { status, headers: { 'Content-Type': 'application/json; charset=utf-8' } });

const refuse = (refusal: Refusal, status = 400): Response => json(refusal, status);

/** What is wrong with the link itself, which the embedded server tells otherwise or not at all. */
const refusedLink = (status: number, body: Partial<Refusal>): Response | null => {
  if (status === 500) {
    const message = 'signature verification failed';
    return refuse({ statusCode: '400', code: 'InvalidJWT', error: 'InvalidJWT', message });
  }
  if (body.error !== 'Missing token') return null;
  const message = "querystring must have required property 'token'";
  return refuse({ statusCode: '400', code: 'InvalidRequest', error: 'Error', message });
};

const asJson = async (answer: Response, request: Request, pathname: string): Promise<Response> => {
  const body = (await answer.json()) as Partial<Refusal> & { signedUrl?: string };
  const link =
    request.method === 'GET' && signedObject.test(pathname) ? refusedLink(answer.status, body) : null;
  if (link) return link;
  // supabase-js reads `signedURL`, relative to the service; here it is `signedUrl`, relative to the host.
  if (body.signedUrl !== undefined) return json({ signedURL: body.signedUrl.replace(prefix, '') }, 200);
  // It says how large, too.
  const message = (body.message ?? '').replace(/ of \d+ bytes$/, '');
  const code = answer.ok ? undefined : codeOf(pathname, message);
  return json(code === undefined ? body : { ...body, code, message }, answer.status);
};

/**
 * Answers a request to the Storage by `handle`: partly when a range is wanted, signed links as supabase-js reads them,
 * errors by the names that storage-api gives them. The body of the request is passed on as it comes, never copied.
 */
export const answerStorage = async (
  request: Request,
  handle: (request: Request) => Response | Promise<Response>,
): Promise<Response> => {
  const { pathname } = new URL(request.url);
  const range = rangeOf(request);
  const answer = await wantedRange.run(range, () => handle(request));
  if (pathname === `${prefix}/status`) return new Response(null, { status: answer.status });
  const isLink = signedObject.test(pathname);
  if (!answer.ok || !isObject(request, pathname)) {
    return (answer.headers.get('content-type') ?? '').includes('json')
      ? asJson(answer, request, pathname)
      : answer;
  }
  const headers = new Headers(answer.headers);
  if (isLink) headers.delete('cache-control');
  if (range && !headers.has('content-range')) {
    await answer.body?.cancel();
    const message = 'invalid range provided';
    return refuse({ statusCode: '416', code: 'InvalidRange', error: 'invalid_range', message }, 416);
  }
  return new Response(answer.body, { status: headers.has('content-range') ? 206 : answer.status, headers });
};
