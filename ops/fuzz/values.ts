import fc from 'fast-check';

/** Stands for a value that is known only once the schools exist; `fill` puts it in. */
export type Placeholder = `@{${string}}`;

const named = ['course', 'lesson', 'problem', 'learner', 'submission', 'file'];

/** Ids that requests name. What a request never names of the foreign school is what no answer may tell. */
export const uuids: Placeholder[] = [
  ...['own', 'foreign'].flatMap((school) => named.map((noun): Placeholder => `@{${school}.${noun}.id}`)),
  '@{own.organization.id}',
  '@{own.instructor.id}',
  '@{own.admin.id}',
];

export const slugs: Placeholder[] = ['own', 'foreign'].flatMap((school) =>
  ['course', 'lesson', 'problem'].map((noun): Placeholder => `@{${school}.${noun}.slug}`),
);

/** Texts that have broken programs before; none looks like what an answer must not tell. */
export const hostileTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff\ud800y',
  '\u202e\u2066\u200b\ufeff',
  'null',
  'undefined',
  'NaN',
  'true',
  '[]',
  '{}',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '..%2f..%2f',
  '%00',
  '%',
  '%ff',
  "' or 1=1 --",
  '";$$\\',
  'and(id.not.is.null)',
  'eq.1,or(id.gt.0)',
  '*,users(*)',
  '(*)',
  '${7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  'a\r\nX-Injected: 1',
  '9'.repeat(400),
  '-1',
  '1e999',
  '2147483648',
  '9223372036854775808',
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '2026-02-30T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '6F1F2D1E-0000-4000-8000-00000000000G',
  'İ'.repeat(200),
  '👩‍👩‍👧‍👦'.repeat(50),
  'a'.repeat(10_000),
];

/** Any text: what breaks programs, ids of both schools, and whatever else there is. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 2, arbitrary: fc.constantFrom<string>(...uuids, ...slugs) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40, unit: 'binary' }) },
);

/** A value of any JSON type. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: anyText },
  fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 1.5, 2 ** 31, 2 ** 53, 1e308, 5e-324),
  fc.constantFrom<unknown>([], {}, [null], [[]], { a: { b: [] } }, { __proto__x: 1 }, [1, 'a', null, {}]),
  fc.array(anyText, { maxLength: 5 }),
  fc.dictionary(fc.constantFrom('id', 'email', '__proto__', 'constructor', 'toString', ''), anyText),
  fc.constant(Array.from({ length: 3000 }, (_, at) => at)),
);

/** Puts in what the placeholders of a text stand for. */
export const fill = (text: string, known: Record<string, string>): string =>
  text.replaceAll(/@\{([a-z.]+)\}/g, (whole, name: string) => known[name] ?? whole);
