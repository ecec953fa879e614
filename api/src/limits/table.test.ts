import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { limitClass } from '../features/limits/schema.js';
import { limitedClasses, limitTable } from './table.js';

const words = {
  ip_email: 'address and e-mail',
  user: 'person',
  user_or_ip: 'person; address while nobody is signed in',
  memory: 'counted by each process',
  pass: 'let through',
};

test('the table of ops/docs/limits.md is the table that holds', () => {
  const page = readFileSync(path.join(__dirname, '../../../ops/docs/limits.md'), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(rows).toEqual(
    limitedClasses.map((name) => {
      const { limit, windowMs, algorithm, identifier, whenRedisIsAway } = limitTable[name];
      return [
        `\`${name}\``,
        String(limit),
        `${windowMs / 60_000} min`,
        algorithm.replace('_', ' '),
        words[identifier],
        words[whenRedisIsAway],
      ];
    }),
  );
});

test("the runbook's numbers", () => {
  const numbers = limitedClasses.map((name) => [
    name,
    limitTable[name].limit,
    limitTable[name].windowMs / 60_000,
  ]);
  expect(numbers).toEqual([
    ['auth', 5, 1],
    ['password_reset', 3, 5],
    ['read', 60, 1],
    // Ours, for what the runbook has no class for: the same answer for everybody.
    ['public_read', 600, 1],
    ['write', 20, 1],
    ['upload', 5, 5],
    ['execution', 10, 1],
    ['admin', 100, 1],
  ]);
});

test('an administrator may name every class of the table, and no other', () => {
  expect(limitClass.options).toEqual(limitedClasses);
});
