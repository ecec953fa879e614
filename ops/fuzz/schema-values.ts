import fc from 'fast-check';
import { anyText, anyValue, slugs, uuids } from './values.js';

/** As much of JSON Schema as the api's document uses. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

export type Definitions = Record<string, JsonSchema | undefined>;

// What a member of this name most likely is, so that some requests get past the first check.
const byName: [RegExp, fc.Arbitrary<unknown>][] = [
  [/slug$/i, fc.constantFrom(...slugs)],
  [/languageId$/, fc.constantFrom(71, 50, 63, 1, 0)],
  [/(^|[a-z])ids?$/i, fc.constantFrom(...uuids)],
  [/email/i, fc.constantFrom('@{own.learner.email}', '@{foreign.learner.email}', 'new@example.org', 'x@y')],
  [/password/i, fc.constantFrom('a long test password', 'short', 'a'.repeat(200))],
  [/enrolmentCode|^code$/, fc.constantFrom('@{own.code}', '@{foreign.code}', '123456', 'NONE')],
  [/sourceCode/, fc.constantFrom('print(input())', 'int main(){}', 'print(', '')],
  [/token|refreshToken/i, fc.constantFrom('x', '@{own.refresh}', 'a'.repeat(500))],
];

const textOf = (schema: JsonSchema): fc.Arbitrary<unknown> => {
  if (schema.format === 'uuid') return fc.constantFrom(...uuids);
  if (schema.format === 'email') return fc.constantFrom('@{own.learner.email}', 'somebody@example.org');
  if (schema.format === 'date-time')
    return fc.constantFrom('2026-11-23T10:00:00Z', '2099-01-01T00:00:00.000Z', '0001-01-01T00:00:00Z');
  return fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 40, 300) });
};

const numberOf = (schema: JsonSchema): fc.Arbitrary<unknown> =>
  fc.integer({ min: Math.max(schema.minimum ?? -5, -1e9), max: Math.min(schema.maximum ?? 1000, 1e9) });

/** A value that the schema takes, or nearly. */
export const valueOf = (schema: JsonSchema, definitions: Definitions, depth = 0): fc.Arbitrary<unknown> => {
  const within = (inner: JsonSchema) => valueOf(inner, definitions, depth + 1);
  if (depth > 6) return fc.constant(null);
  if (schema.$ref) return within(definitions[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(within));
  const types = [schema.type ?? (schema.properties ? 'object' : 'string')].flat();
  return fc.oneof(
    ...types.map((type): fc.Arbitrary<unknown> => {
      if (type === 'object') return membersOf(schema, definitions, depth);
      if (type === 'array')
        return fc.array(within(schema.items ?? {}), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? 4, 4),
        });
      if (type === 'integer' || type === 'number') return numberOf(schema);
      if (type === 'boolean') return fc.boolean();
      return type === 'null' ? fc.constant(null) : textOf(schema);
    }),
  );
};

/** An object as the schema says, member by member. */
const membersOf = (schema: JsonSchema, definitions: Definitions, depth: number): fc.Arbitrary<unknown> => {
  const members = Object.entries(schema.properties ?? {}).map(([name, inner]) => {
    const known = byName.find(([pattern]) => pattern.test(name))?.[1];
    const value = valueOf(inner, definitions, depth + 1);
    return [name, known && !inner.enum && inner.type !== 'object' ? fc.oneof(known, value) : value] as const;
  });
  return fc.record(Object.fromEntries(members), { requiredKeys: schema.required ?? [] });
};

/** A text for a parameter in a path or a query. */
export const parameterOf = (name: string, schema: JsonSchema, definitions: Definitions) => {
  const known = byName.find(([pattern]) => pattern.test(name))?.[1];
  const good = known ?? (/lesson/i.test(name) ? fc.constantFrom(...slugs) : valueOf(schema, definitions));
  return fc.oneof(
    {
      weight: 3,
      arbitrary: good.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
    },
    { weight: 2, arbitrary: anyText },
  );
};

/** The value with some of its members replaced, dropped or added, at whatever depth. */
export const mutated = (value: unknown): fc.Arbitrary<unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fc.oneof(fc.constant(value), anyValue);
  const members = Object.entries(value).map(([name, inner]) =>
    fc.tuple(
      fc.constant(name),
      fc.oneof(
        { weight: 4, arbitrary: fc.constant(inner) },
        { weight: 2, arbitrary: anyValue },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
    ),
  );
  const more = fc.array(
    fc.tuple(fc.constantFrom('id', 'role', '__proto__', 'organizationId', 'user_id', 'x'), anyValue),
    {
      maxLength: 2,
    },
  );
  return fc
    .tuple(fc.tuple(...members), more)
    .map(([kept, added]) => [...kept, ...added].filter(([, inner]) => inner !== undefined))
    .map((entries) => new Entries(entries as [string, unknown][]));
};

/** Members of an object as they are written, the same name more than once, too. */
export class Entries {
  constructor(readonly entries: [string, unknown][]) {}
}
