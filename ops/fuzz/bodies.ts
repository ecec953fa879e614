import fc from 'fast-check';
import { Entries, mutated } from './schema-values.js';
import { anyText, hostileTexts } from './values.js';

/** A body with its headers; text is written as UTF-8, bytes as they are. */
export interface Body {
  headers: [string, string][];
  content: string | Uint8Array;
  /** It ends before its announced length: no answer is due. */
  cutOff?: boolean;
}

/** Writes lone surrogates as escapes, so that they arrive, and members of the same name one after the other. */
const write = (value: unknown): string => {
  if (value instanceof Entries)
    return `{${value.entries.map(([name, inner]) => `${JSON.stringify(name)}:${write(inner)}`).join(',')}}`;
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  return JSON.stringify(value) ?? 'null';
};

const asJson = (content: string | Uint8Array, ...more: [string, string][]): Body => ({
  headers: [['Content-Type', 'application/json'], ...more],
  content,
});

const twice = (text: string): string =>
  text.startsWith('{') && text.length > 2 ? `{${text.slice(1, -1)},${text.slice(1)}` : text;

/** JSON that the route would take, and what is wrong with JSON in all the ways that we know. */
export const jsonBodies = (good: fc.Arbitrary<unknown>): fc.Arbitrary<Body> => {
  const text = good.map(write);
  const broken = good.chain(mutated).map(write);
  return fc.oneof(
    { weight: 6, arbitrary: text.map((json) => asJson(json)) },
    { weight: 10, arbitrary: broken.map((json) => asJson(json)) },
    { weight: 2, arbitrary: text.map((json) => asJson(twice(json))) },
    fc.tuple(text, fc.nat()).map(([json, at]) => asJson(json.slice(0, at % (json.length + 1)))),
    fc.tuple(text, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 })).map(([json, at, bytes]) => {
      const all = Buffer.from(json);
      const from = at % (all.length + 1);
      return asJson(Buffer.concat([all.subarray(0, from), bytes, all.subarray(from)]));
    }),
    fc
      .constantFrom(
        '[',
        'null',
        '"text"',
        '1e9999',
        '\ufeff{}',
        '{"a":'.repeat(20_000),
        '['.repeat(50_000) + ']'.repeat(50_000),
        `{"x":"${'a'.repeat(1_200_000)}"}`,
        `{${Array.from({ length: 20_000 }, (_, at) => `"${at}":0`).join(',')}}`,
        '{"__proto__":{"admin":true}}',
      )
      .map((json) => asJson(json)),
    text.chain((json) =>
      fc
        .constantFrom<[string, string][]>(
          [['Content-Type', 'text/plain']],
          [['Content-Type', 'application/json; charset=utf-16']],
          [['Content-Type', 'application/json; charset="']],
          [['Content-Type', 'application/x-www-form-urlencoded']],
          [['Content-Type', '']],
          [
            ['Content-Type', 'application/json'],
            ['Content-Encoding', 'gzip'],
          ],
          [
            ['Content-Type', 'application/json'],
            ['Content-Encoding', 'nonsense'],
          ],
          [
            ['Content-Type', 'application/json'],
            ['Expect', '100-continue'],
          ],
        )
        .map((headers): Body => ({ headers, content: json })),
    ),
    text.map((json): Body => ({ ...asJson(json), cutOff: true })),
  );
};

const partOf = (name: string, value: string, file: boolean): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${file ? '; filename="a.txt"\r\nContent-Type: text/plain' : ''}\r\n\r\n${value}\r\n`;

/** Forms with a file: good ones, and with parts removed, broken, doubled or cut off. */
export const multipartBodies: fc.Arbitrary<Body> = fc
  .record({
    purpose: fc.constantFrom('avatar', 'lesson_attachment', 'virus'),
    lessonId: fc.oneof(
      fc.constantFrom('@{own.lesson.id}', '@{foreign.lesson.id}'),
      fc.constantFrom(...hostileTexts),
    ),
    content: fc.oneof(
      anyText,
      fc.constant('a'.repeat(100_000)),
      fc.constant('GIF89a'),
      fc.constant('%PDF-1.7'),
    ),
    mutations: fc.array(
      fc.record({
        at: fc.nat(),
        removed: fc.nat(60),
        inserted: fc.constantFrom(
          '',
          '\0',
          '\r\n',
          '--b',
          '--b--',
          '--b\r\n\0: x\r\n\r\n\r\n',
          '"',
          ';',
          '\r\n\r\n',
          "filename*=utf-8''%ff",
        ),
      }),
      { maxLength: 5 },
    ),
    contentType: fc.oneof(
      { weight: 8, arbitrary: fc.constant('multipart/form-data; boundary=b') },
      fc.constantFrom(
        'multipart/form-data',
        'multipart/form-data; boundary=',
        'multipart/mixed; boundary=b',
        'multipart/form-data; boundary="b',
      ),
    ),
    cutOff: fc.boolean(),
  })
  .map(({ purpose, lessonId, content, mutations, contentType, cutOff }) => {
    let form =
      partOf('purpose', purpose, false) +
      partOf('lessonId', lessonId, false) +
      partOf('file', content, true) +
      '--b--\r\n';
    for (const { at, removed, inserted } of mutations) {
      const from = at % (form.length + 1);
      form = form.slice(0, from) + inserted + form.slice(from + removed);
    }
    return {
      headers: [['Content-Type', contentType]],
      content: form,
      cutOff: cutOff && mutations.length === 5,
    } satisfies Body;
  });
