/** The tables that our tests put in the places of GoTrue's and storage-api's, against those that these made themselves. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type postgres from 'postgres';
import type { TestPostgres } from '../test/postgres/server.js';
import { startPreparedPostgres } from '../test/postgres/stage.js';
import { readTables, type Table } from '../test/upstream/tables.js';

const recorded = JSON.parse(
  readFileSync(path.join(__dirname, '../test/upstream/tables.json'), 'utf8'),
) as Record<string, Table>;

let server: TestPostgres;
let admin: postgres.Sql;
let tables: Record<string, Table>;

beforeAll(async () => {
  ({ server, admin } = await startPreparedPostgres());
  tables = await readTables(admin);
}, 120_000);

afterAll(async () => {
  await admin.end();
  await server.stop();
});

test('there are all of them, and no more', () => {
  expect(Object.keys(tables)).toEqual(Object.keys(recorded));
  expect(Object.keys(recorded).filter((name) => name.startsWith('storage.'))).toHaveLength(10);
});

test.each(Object.keys(recorded))('%s is as the service leaves it', (name) => {
  expect(tables[name]).toEqual(recorded[name]);
});
