import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Compiled, compileKey, createCompileCache } from './compile-cache.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compile-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const compileTo =
  (bytes: number, extra: Partial<Compiled> = {}) =>
  (path: string): Promise<Compiled> => {
    writeFileSync(path, Buffer.alloc(bytes));
    return Promise.resolve({
      succeeded: true,
      output: Buffer.alloc(0),
      artefactPath: path,
      cacheable: true,
      ...extra,
    });
  };

describe('compile cache', () => {
  test('many who ask at once share one compile', async () => {
    const cache = createCompileCache(folder, 1e6);
    const paths = await Promise.all(
      Array.from({ length: 10 }, () =>
        cache.with('k', compileTo(10), (c) => Promise.resolve(c.artefactPath)),
      ),
    );
    expect(new Set(paths).size).toBe(1);
    expect(cache.stats()).toMatchObject({ misses: 1, hits: 9 });
  });

  test('the least recently used program goes first when there is no room', async () => {
    const cache = createCompileCache(folder, 25_000);
    const use = (key: string) =>
      cache.with(key, compileTo(10_000), (c) => Promise.resolve(c.artefactPath as string));
    const a = await use('a');
    const b = await use('b');
    await use('a');
    await use('c');
    expect(existsSync(a)).toBe(true);
    expect(existsSync(b)).toBe(false);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('a program in use outlives its eviction', async () => {
    const cache = createCompileCache(folder, 15_000);
    await cache.with('a', compileTo(10_000), async (a) => {
      await cache.with('b', compileTo(10_000), () => Promise.resolve());
      expect(existsSync(a.artefactPath as string)).toBe(true);
    });
    expect(cache.stats().entries).toBe(1);
  });

  test('an outcome of the moment is not kept', async () => {
    const cache = createCompileCache(folder, 1e6);
    const timedOut = { succeeded: false, artefactPath: null, cacheable: false };
    await cache.with('k', compileTo(10, timedOut), () => Promise.resolve());
    await cache.with('k', compileTo(10), (compiled) => {
      expect(compiled.succeeded).toBe(true);
      return Promise.resolve();
    });
    expect(cache.stats().misses).toBe(2);
  });

  test('a compile that throws is tried again by the next caller', async () => {
    const cache = createCompileCache(folder, 1e6);
    const broken = () => Promise.reject(new Error('no box'));
    await expect(cache.with('k', broken, () => Promise.resolve())).rejects.toThrow('no box');
    await cache.with('k', compileTo(10), () => Promise.resolve());
    expect(cache.stats().entries).toBe(1);
  });
});

test('keys tell parts apart however they are cut', () => {
  const keys = [['ab', 'c'], ['a', 'bc'], ['abc'], ['ab', 'c', null], ['ab', 'c', 'null']].map(compileKey);
  expect(new Set(keys).size).toBe(keys.length);
});
