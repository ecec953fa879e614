import { beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createCast, parts, type Cast, type Part } from '../test/cast.js';
import { walk } from '../test/policy-walk.js';
import { rowNow, tableOf, targets, tryVerb, verbs } from '../test/policy-tries.js';

let cast: Cast;

beforeAll(async () => {
  cast = await createCast();
});

describe('row-level security', () => {
  test.each(targets.flatMap((target) => verbs.map((verb) => ({ target, verb }))))(
    '$verb of $target',
    async ({ target, verb }) => {
      const make = verb === 'insert' ? cast.rows[target] : cast.targets[target];
      const expected = walk[target][verb];
      const happened = new Map<Part, string>();
      const changes = (part: Part) => verb !== 'select' && expected[parts.indexOf(part)] === 'y';

      const row: Record<string, unknown> = await make();
      const before = await rowNow(target, row);
      for (const part of parts.filter((each) => !changes(each))) {
        happened.set(part, await tryVerb(cast.clients[part], verb, target, row));
      }
      if (verb !== 'select') expect(await rowNow(target, row)).toBe(before);

      for (const part of parts.filter(changes)) {
        const fresh: Record<string, unknown> = await make();
        const untouched = await rowNow(target, fresh);
        happened.set(part, await tryVerb(cast.clients[part], verb, target, fresh));
        expect(await rowNow(target, fresh)).not.toBe(untouched);
      }
      expect(parts.map((part) => happened.get(part)).join('')).toBe(expected);
    },
  );

  test('every table and view of the migrations has its row in the walk', () => {
    const folder = path.join(__dirname, 'migrations');
    const sql = readdirSync(folder)
      .map((file) => readFileSync(path.join(folder, file), 'utf8'))
      .join('\n');
    const created = [
      ...sql.matchAll(/^create (?:or replace )?(?:table|(?:materialized )?view) (?:if not exists )?(\S+)/gim),
    ];
    expect([...new Set(created.map(([, name]) => name))].sort()).toEqual(
      [...new Set(targets.map((target) => `public.${tableOf(target)}`))].sort(),
    );
  });

  test('every table that came after people could be deactivated shuts them out, as those before it do', () => {
    const folder = path.join(__dirname, 'migrations');
    const later = readdirSync(folder).filter((file) => file > '20261123001500_');
    const open = later.flatMap((file) => {
      const sql = readFileSync(path.join(folder, file), 'utf8');
      const tables = [...sql.matchAll(/^create table (?:if not exists )?(\S+)/gim)].map(([, name]) => name);
      return tables.filter(
        (name) => !sql.includes(`create policy active_people_only on ${name} as restrictive`),
      );
    });
    expect(open).toEqual([]);
  });
});
