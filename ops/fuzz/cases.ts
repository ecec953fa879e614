import fc from 'fast-check';
import { jsonBodies, multipartBodies, type Body } from './bodies.js';
import { parameterOf, valueOf, type Definitions, type JsonSchema } from './schema-values.js';

export const roles = ['nobody', 'learner', 'instructor', 'admin'] as const;
export type FuzzRole = (typeof roles)[number];

/** One request, with placeholders for ids that are known only while the schools exist. */
export interface FuzzCase {
  index: number;
  /** As the document names it: "POST /api/runs". */
  operation: string;
  role: FuzzRole;
  method: string;
  path: string;
  headers: [string, string][];
  content: string | Uint8Array;
  /** The body ends before its announced length, so that no answer is due. */
  cutOff: boolean;
}

interface Parameter {
  name: string;
  in: string;
  schema?: JsonSchema;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
}

/** As much of an OpenAPI document as is read here. */
export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Definitions };
}

const noBody: Body = { headers: [], content: '' };

const oddHeaders: fc.Arbitrary<[string, string][]> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<[string, string][]>([]) },
  fc.constantFrom<[string, string][]>(
    [['X-Request-Id', 'x'.repeat(5000)]],
    [['X-Request-Id', "'; drop"]],
    [['X-Forwarded-For', '1.2.3.4, not an address, ::ffff:999.1.1.1']],
    [['X-Forwarded-For', ',,,']],
    [['If-None-Match', '*']],
    [['Range', 'bytes=9-1,-5,0-']],
    [['Range', 'bytes=0-18446744073709551616']],
    [['Accept', 'text/html, */*;q=0.00001']],
    [['Accept-Encoding', '*;q=0']],
    [['X-HTTP-Method-Override', 'DELETE']],
    [['Cookie', 'session='.repeat(200)]],
    [['User-Agent', '\u00ff'.repeat(2000)]],
    [['Last-Event-ID', 'nonsense']],
  ),
);

/** Null, and one time in twenty one of these. */
const rarely = (...choices: string[]): fc.Arbitrary<string | null> =>
  fc.oneof({ weight: 19, arbitrary: fc.constant(null) }, fc.constantFrom(...choices));

const segmentOf = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    ...(/^@\{[a-z.]+\}$/.test(text)
      ? [text]
      : // A lone surrogate has no percent-encoding of its own; its three bytes are no UTF-8.
        [
          encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd')),
          Buffer.from(text).toString('hex').replaceAll(/../g, '%$&'),
        ]),
    '%ed%a0%80',
  );

const pathOf = (
  template: string,
  parameters: Parameter[],
  definitions: Definitions,
): fc.Arbitrary<string> => {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const values = names.map((name) => {
    const schema = parameters.find((one) => one.in === 'path' && one.name === name)?.schema ?? {};
    const text = parameterOf(name, schema, definitions);
    return fc.oneof(
      { weight: 9, arbitrary: text.chain((one) => segmentOf(one).filter((s) => s !== '%ed%a0%80')) },
      fc.constant('%ed%a0%80'),
    );
  });
  return fc
    .tuple(...values)
    .map((texts) =>
      names.reduce((path, name, at) => path.replace(`{${name}}`, () => texts[at] || '%20'), template),
    );
};

const queryOf = (parameters: Parameter[], definitions: Definitions): fc.Arbitrary<string> => {
  const known = parameters.filter((one) => one.in === 'query');
  const encode = (text: string) =>
    /^@\{[a-z.]+\}$/.test(text) ? text : encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
  const pair = fc.oneof(
    ...known.map(({ name, schema }) =>
      parameterOf(name, schema ?? {}, definitions).map((value) => `${name}=${encode(value)}`),
    ),
    ...known.map(({ name }) =>
      fc.constantFrom(`${name}[]=1`, `${name}[a]=1`, `${name}`, `${name}=%ff`, `${name}=%00`),
    ),
    fc.constantFrom('a=b', '__proto__[x]=1', '&&==', '%', 'select=*', 'limit=0', 'order=id.desc'),
  );
  return fc
    .array(pair, { maxLength: known.length > 0 ? 4 : 1 })
    .map((pairs) => (pairs.length > 0 ? `?${pairs.join('&')}` : ''));
};

const bodyOf = (operation: Operation, definitions: Definitions, method: string): fc.Arbitrary<Body> => {
  const content = operation.requestBody?.content ?? {};
  if (content['multipart/form-data']) return multipartBodies;
  const schema = content['application/json']?.schema;
  if (schema) return jsonBodies(valueOf(schema, definitions));
  if (method === 'get') return fc.constant(noBody);
  return fc.oneof({ weight: 3, arbitrary: fc.constant(noBody) }, jsonBodies(fc.constant({})));
};

/** Every operation of the document with a request of each kind. */
const operationsOf = (document: OpenApi) =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

/**
 * `count` requests that are the same for the same seed and document: each operation of it by each role in turn, then
 * again with other contents.
 */
export const createCases = (document: OpenApi, seed: number, count: number): FuzzCase[] => {
  const definitions = document.components?.schemas ?? {};
  const operations = operationsOf(document).flatMap((one) => roles.map((role) => ({ ...one, role })));
  const rounds = Math.ceil(count / operations.length);
  const drawn = operations.map(({ path, method, operation, role }, at) => {
    const parameters = operation.parameters ?? [];
    const arbitrary = fc.record({
      path: pathOf(path, parameters, definitions),
      query: queryOf(parameters, definitions),
      body: bodyOf(operation, definitions, method),
      odd: oddHeaders,
      otherMethod: rarely('HEAD', 'OPTIONS', 'PUT', 'TRACE', 'PROPFIND'),
      token: rarely('Bearer', 'Bearer x.y.z', 'Basic Og==', `Bearer ${'a'.repeat(6000)}`),
    });
    return fc.sample(arbitrary, { seed: seed + at, numRuns: rounds }).map((one): Omit<FuzzCase, 'index'> => {
      const authorization = one.token ?? (role === 'nobody' ? null : `Bearer @{token.${role}}`);
      return {
        operation: `${method.toUpperCase()} ${path}`,
        role,
        method: one.otherMethod ?? method.toUpperCase(),
        path: one.path + one.query,
        headers: [
          ...(authorization ? [['Authorization', authorization] as [string, string]] : []),
          ...one.body.headers,
          ...one.odd,
        ],
        content: one.body.content,
        cutOff: one.body.cutOff ?? false,
      };
    });
  });
  return Array.from({ length: rounds }, (_, round) => drawn.flatMap((all) => all.slice(round, round + 1)))
    .flat()
    .slice(0, count)
    .map((one, index) => ({ ...one, index }));
};
