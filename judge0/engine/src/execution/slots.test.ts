import { expect, test } from '@jest/globals';
import { createSlotPool } from './slots.js';

const slots = [0, 1].map((index) => ({ index, uid: 60000 + index, folder: '' }));

test('no two runs share a slot, and no more run than there are slots', async () => {
  const pool = createSlotPool(slots, 2);
  const inUse = new Set<number>();
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, (_unused, order) =>
      pool.use({ order }, async (slot) => {
        expect(inUse.has(slot.index)).toBe(false);
        inUse.add(slot.index);
        most = Math.max(most, inUse.size);
        await new Promise((resolve) => setTimeout(resolve, 2));
        inUse.delete(slot.index);
      }),
    ),
  );
  expect(most).toBe(2);
  expect(pool.busy()).toBe(0);
});

test('the older submission goes first, also when it comes back for its second step', async () => {
  const pool = createSlotPool(slots.slice(0, 1), 1);
  const seen: number[] = [];
  let open = () => undefined as void;
  const first = pool.use({ order: 0 }, () => new Promise<void>((resolve) => (open = resolve)));
  const rest = [5, 3, 9].map((order) => pool.use({ order }, () => Promise.resolve(void seen.push(order))));
  const again = pool.use({ order: 1 }, () => Promise.resolve(void seen.push(1)));
  await new Promise((resolve) => setImmediate(resolve));
  open();
  await Promise.all([first, ...rest, again]);
  expect(seen).toEqual([1, 3, 5, 9]);
});

test('a run that fails gives its slot back', async () => {
  const pool = createSlotPool(slots.slice(0, 1), 1);
  await expect(pool.use({ order: 0 }, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
  expect(pool.busy()).toBe(0);
});

test('the next box is made while a program runs, and its program waits for its turn', async () => {
  const pool = createSlotPool(slots, 1);
  const seen: string[] = [];
  let end = () => undefined as void;
  const first = pool.use({ order: 0 }, async (_slot, turn) => {
    await turn();
    await new Promise<void>((resolve) => (end = resolve));
    seen.push('first ends');
  });
  const second = pool.use({ order: 1 }, async (slot, turn) => {
    seen.push(`box in slot ${slot.index}`);
    await turn();
    seen.push('second runs');
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(pool.busy()).toBe(1);
  end();
  await Promise.all([first, second]);
  expect(seen).toEqual(['box in slot 1', 'first ends', 'second runs']);
});

test('a box that breaks while it waits for its turn does not keep it', async () => {
  const pool = createSlotPool(slots, 1);
  let end = () => undefined as void;
  const first = pool.use({ order: 0 }, async (_slot, turn) => {
    await turn();
    await new Promise<void>((resolve) => (end = resolve));
  });
  const broken = pool.use({ order: 1 }, (_slot, turn) =>
    Promise.race([turn(), Promise.reject(new Error('x'))]),
  );
  await expect(broken).rejects.toThrow('x');
  end();
  await first;
  await pool.use({ order: 2 }, (_slot, turn) => turn());
  expect(pool.busy()).toBe(0);
});

test('runs have a place that nothing else takes, and take turns in the others', async () => {
  const four = [0, 1, 2, 3].map((index) => ({ index, uid: 60000 + index, folder: '' }));
  const pool = createSlotPool(four, 1, 1);
  const seen: string[] = [];
  const ends: (() => void)[] = [];
  const start = (name: string, order: number, lane: 'run' | 'ordinary') =>
    pool.use({ order, lane }, async (_slot, turn) => {
      await turn();
      seen.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
    });
  const work = [
    start('slow', 0, 'ordinary'),
    start('waits', 1, 'ordinary'),
    start('waits, too', 2, 'ordinary'),
    start('run', 3, 'run'),
    start('second run', 4, 'run'),
  ];
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  await settle();
  expect(seen).toEqual(['slow', 'run']);
  expect(pool.busy()).toBe(1);
  ends[1]?.();
  await settle();
  expect(seen).toEqual(['slow', 'run', 'second run']);
  for (let at = 0; at < 5; at += 1) {
    ends.forEach((end) => end());
    await settle();
  }
  await Promise.all(work);
  expect(pool.busy()).toBe(0);
});

test('who gives up waits no longer and keeps no place', async () => {
  const pool = createSlotPool(slots.slice(0, 1), 1);
  let end = () => undefined as void;
  const first = pool.use({ order: 0 }, () => new Promise<void>((resolve) => (end = resolve)));
  const leaving = new AbortController();
  const second = pool.use({ order: 1, signal: leaving.signal }, () => Promise.resolve());
  leaving.abort(new Error('left'));
  await expect(second).rejects.toThrow('left');
  end();
  await first;
  await pool.use({ order: 2 }, (_slot, turn) => turn());
  expect(pool.busy()).toBe(0);
});
