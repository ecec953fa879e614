import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './child-process.js';

const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** The files that read settings: each has one table with a line per setting. */
const readers = [
  'api/src/config.ts',
  'api/src/config-operations.ts',
  'api/src/config-redis.ts',
  'api/src/database/settings.ts',
  'web/app/lib/env.server.ts',
  'judge0/engine/src/config.ts',
  'ops/embedded/settings.ts',
  'ops/embedded/start-settings.ts',
  'ops/setup/settings.ts',
];

const settingsReadBy = (file: string): string[] => {
  const text = textOf(file);
  const inTable = [...text.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name = '']) => name);
  const byName = [...text.matchAll(/\benv\.([A-Z][A-Z0-9_]+)/g)].map(([, name = '']) => name);
  return [...new Set([...inTable, ...byName])];
};

/** What compose fills in itself. */
const settingsOfCompose = [
  ...textOf('docker-compose.yml').matchAll(/(?<!\$)\$\{([A-Z][A-Z0-9_]+)|:-\$\{([A-Z][A-Z0-9_]+)/g),
].map(([, name, inner]) => name ?? inner ?? '');

const described = [...textOf('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(
  ([, name = '']) => name,
);

describe('.env.example', () => {
  test.each(readers)('describes every setting that %s reads', (file) => {
    const read = settingsReadBy(file);
    expect(read.length).toBeGreaterThan(2);
    expect(read.filter((name) => !described.includes(name))).toEqual([]);
  });

  test('describes nothing that nobody reads, and nothing twice', () => {
    const read = new Set([...readers.flatMap(settingsReadBy), ...settingsOfCompose]);
    expect(described.filter((name) => !read.has(name))).toEqual([]);
    expect(described.filter((name, place) => described.indexOf(name) !== place)).toEqual([]);
  });

  test('sets nothing and holds no secret, so that a copy of it changes nothing', () => {
    expect(textOf('.env.example')).not.toMatch(/^[A-Z]/m);
    const secrets = [...textOf('.env.example').matchAll(/^#([A-Z0-9_]*(?:SECRET|_KEY|TOKEN))=(.*)$/gm)];
    expect(secrets.map(([, name, value]) => [name, value])).toEqual(secrets.map(([, name]) => [name, '']));
  });
});
