-- Who owns our objects, and what that role may do to GoTrue's tables. Run as a superuser by migrate.ts before the
-- migrations, at every start: GoTrue's tables are there only once it has started. Nothing is granted twice over, and
-- what `supabase db push` has made as the superuser is handed over.
grant select, references, trigger on auth.users to platform_owner;
-- Accounts are closed and opened again; an invitation that was used goes out of the metadata; links that wait are closed.
grant update (banned_until, raw_user_meta_data, recovery_token, email_change, email_change_token_new,
  email_change_token_current, reauthentication_token) on auth.users to platform_owner;
grant select (user_id), delete on auth.one_time_tokens to platform_owner;
-- Sessions are listed and ended, also by a refresh token of theirs.
grant select, delete on auth.sessions to platform_owner;
grant select (token, session_id) on auth.refresh_tokens to platform_owner;
-- Readiness compares the history with what a process was built with.
grant usage on schema supabase_migrations to platform_owner;
grant select on supabase_migrations.schema_migrations to platform_owner;

do $$
declare
  statement text;
begin
  for statement in
    with ours as (
      select n.oid, n.nspname, n.nspowner from pg_catalog.pg_namespace n where n.nspname in ('app', 'public')
    ), owner as (
      select oid from pg_catalog.pg_roles where rolname = 'platform_owner'
    ), foreign_objects as (
      select format('alter schema %I owner to platform_owner', nspname) as statement, 0 as step, null::oid as object,
             null::regclass as catalog
        from ours, owner where nspname = 'app' and nspowner <> owner.oid
      union all
      -- A sequence of a column goes with its table.
      select format('alter %s %I.%I owner to platform_owner',
               case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
                              else 'table' end, o.nspname, c.relname), 1, c.oid, 'pg_class'::regclass
        from pg_catalog.pg_class c join ours o on o.oid = c.relnamespace, owner
       where c.relkind in ('r', 'p', 'v', 'm', 'S') and c.relowner <> owner.oid
         and not exists (select from pg_catalog.pg_depend d
               where d.classid = 'pg_class'::regclass and d.objid = c.oid and c.relkind = 'S' and d.deptype in ('a', 'i'))
      union all
      select format('alter routine %s owner to platform_owner', p.oid::regprocedure), 2, p.oid, 'pg_proc'::regclass
        from pg_catalog.pg_proc p join ours o on o.oid = p.pronamespace, owner where p.proowner <> owner.oid
    )
    select f.statement from foreign_objects f
     where not exists (select from pg_catalog.pg_depend d
             where d.classid = f.catalog and d.objid = f.object and d.deptype = 'e')
     order by f.step
  loop
    execute statement;
  end loop;
end $$;
