-- Supabase grants everything in schema public to the API roles by default; here each table is opened by name.
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke execute on functions from public, anon, authenticated;
alter default privileges revoke execute on functions from public;

-- Functions that policies and triggers call; PostgREST exposes only public, so no client can name them.
create schema app;
grant usage on schema app to anon, authenticated, service_role;

create function app.touch_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end $$;
