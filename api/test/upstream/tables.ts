/** What the tables of schemas auth and storage are like, for comparing the real ones with those of the tests. */
import type postgres from 'postgres';

export interface Table {
  rowSecurity: boolean;
  /** By name: type, default and whether it must have a value. */
  columns: Record<string, string>;
  constraints: string[];
  indexes: string[];
  /** By functions of their own schema: ours are not among them. */
  triggers: string[];
  /** What each API role may do, beyond what row-level security leaves of it. */
  grants: Record<string, string>;
}

/** All tables of both schemas by name, as Postgres itself describes them. */
export const readTables = async (sql: postgres.Sql): Promise<Record<string, Table>> => {
  const rows = await sql<{ name: string; facts: Table }[]>`
    select format('%s.%s', n.nspname, c.relname) as name, jsonb_build_object(
      'rowSecurity', c.relrowsecurity,
      'columns', (
        select jsonb_object_agg(a.attname, format_type(a.atttypid, a.atttypmod)
            || case when a.attnotnull then ' not null' else '' end
            || coalesce(case a.attgenerated when 's' then ' generated ' else ' default ' end
                        || pg_get_expr(d.adbin, d.adrelid), ''))
          from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
      'constraints', (
        select coalesce(jsonb_agg(pg_get_constraintdef(k.oid) order by pg_get_constraintdef(k.oid) collate "C"), '[]')
          from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n'),
      'indexes', (
        select coalesce(jsonb_agg(definition order by definition collate "C"), '[]')
          from (select regexp_replace(pg_get_indexdef(i.indexrelid), 'INDEX \\S+ ON', 'INDEX ON') as definition
                  from pg_index i where i.indrelid = c.oid) definitions),
      'triggers', (
        select coalesce(jsonb_agg(pg_get_triggerdef(t.oid) order by t.tgname collate "C"), '[]')
          from pg_trigger t join pg_proc p on p.oid = t.tgfoid
         where t.tgrelid = c.oid and not t.tgisinternal and p.pronamespace = n.oid),
      'grants', (
        select coalesce(jsonb_object_agg(role, rights), '{}')
          from (select a.grantee::regrole::text as role,
                       string_agg(lower(a.privilege_type), ', ' order by a.privilege_type) as rights
                  from aclexplode(c.relacl) a
                 where a.grantee::regrole::text in ('anon', 'authenticated', 'service_role', 'postgres')
                 group by 1) granted)
    ) as facts
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('auth', 'storage') and c.relkind in ('r', 'p')
     order by 1`;
  return Object.fromEntries(rows.map(({ name, facts }) => [name, facts]));
};
