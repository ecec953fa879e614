/** Asks a Supabase service and writes down what it answers, in a form that two runs can be compared by. */

export interface Keys {
  /** Of the gateway: /auth/v1 and /storage/v1 are below it. */
  url: string;
  anonKey: string;
  serviceRoleKey: string;
}

type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

/** What was answered. Whatever differs from run to run, and whatever opens something, is `<its kind>`. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Json;
}

export interface Ask {
  method?: string;
  path: string;
  /** Whose key is the `apikey`, and without `bearer` also the token; `none` sends neither. */
  key?: 'anon' | 'service' | 'none';
  bearer?: string;
  headers?: Record<string, string>;
  json?: unknown;
  bytes?: Uint8Array;
}

/** What the next requests take from an answer. */
export type Body = Partial<
  Record<'id' | 'access_token' | 'refresh_token' | 'action_link' | 'signedURL', string>
>;

const headerNames = [
  'content-type',
  'content-range',
  'accept-ranges',
  'link',
  'x-total-count',
  'cache-control',
];

/** Members whose values open something, or differ from run to run without a shape of their own. */
const veiled = new Set(['refresh_token', 'hashed_token', 'email_otp', 'eTag', 'last_request_duration']);
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const jwt = /eyJ[\w-]+\.[\w-]+\.[\w-]+/g;
const time = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d(:?\d\d)?)/g;

const plainText = (text: string, url: string): string =>
  text
    .replaceAll(url, '<gateway>')
    .replaceAll('https://school.test/auth/v1', '<gateway>/auth/v1')
    .replace(jwt, '<jwt>')
    .replace(uuid, '<uuid>')
    .replace(time, '<time>')
    .replace(/[\w.+-]+@example\.org/g, '<address>')
    .replace(/token=[\w-]+(?=&|$)/g, 'token=<token>');

const plain = (value: unknown, url: string, member = ''): Json => {
  if (veiled.has(member) && value !== null) return `<${member}>`;
  if (member === 'expires_at' && typeof value === 'number') return '<epoch>';
  if (typeof value === 'string') return plainText(value, url);
  if (Array.isArray(value)) return value.map((each) => plain(each, url));
  if (typeof value !== 'object' || value === null) return value as Json;
  const members = Object.entries(value).map(([name, each]) => [name, plain(each, url, name)] as const);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
};

const isJson = (response: Response): boolean => (response.headers.get('content-type') ?? '').includes('json');

/** `ask` sends a request as supabase-js does, keeps the answer under its name, and returns its body as it came. */
export const createConversation = ({ url, anonKey, serviceRoleKey }: Keys) => {
  const answers: Record<string, Answer> = {};
  const keyOf = { anon: anonKey, service: serviceRoleKey, none: undefined };

  const ask = async (name: string, request: Ask): Promise<Body> => {
    if (answers[name]) throw new Error(`two exchanges have the name "${name}"`);
    const apikey = keyOf[request.key ?? 'anon'];
    const bearer = request.bearer ?? apikey;
    const response = await fetch(url + request.path, {
      method: request.method ?? (request.json === undefined && !request.bytes ? 'GET' : 'POST'),
      headers: {
        'X-Supabase-Api-Version': '2024-01-01',
        // A kept connection may be closed in the moment in which it is used again.
        Connection: 'close',
        ...(apikey ? { apikey } : {}),
        ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}),
        ...(request.json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...request.headers,
      },
      ...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
      ...(request.bytes ? { body: request.bytes } : {}),
      redirect: 'manual',
    });
    const text = await response.text();
    const body: unknown = isJson(response) && text !== '' ? JSON.parse(text) : text;
    const headers = headerNames.flatMap((header) => {
      const value = response.headers.get(header);
      const idle = value === null || (header === 'content-type' && text === '');
      return idle ? [] : [[header, plainText(value, url)] as const];
    });
    answers[name] = {
      status: response.status,
      headers: Object.fromEntries(headers),
      body: plain(body, url),
    };
    return (typeof body === 'object' ? body : null) ?? {};
  };

  return { ask, answers };
};

export type Conversation = ReturnType<typeof createConversation>;
