-- Codes are typed by hand: case and surrounding blanks do not matter.
create function app.normalized_code(code text) returns text language sql immutable as $$
  select upper(btrim(code))
$$;

-- Runs for every sign-up, by the api or directly at the auth service. The metadata is the client's own text, so it
-- may choose the name and a course code, never the role or the organization.
create function app.create_profile() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  course record;
  organization uuid;
  full_name text := left(btrim(coalesce(new.raw_user_meta_data ->> 'full_name', '')), 200);
begin
  select c.id, c.organization_id into course from public.courses c
   where c.enrolment_code = app.normalized_code(new.raw_user_meta_data ->> 'enrolment_code') and c.published;
  organization := course.organization_id;
  if organization is null then
    select o.id into organization from public.organizations o order by o.created_at, o.id limit 1;
  end if;
  if organization is null then
    raise exception 'no organization exists yet' using hint = 'Seed or set up the school first.';
  end if;
  insert into public.users (id, organization_id, full_name, email)
  values (new.id, organization, coalesce(nullif(full_name, ''), split_part(new.email, '@', 1)), new.email);
  if course.id is not null then
    insert into public.enrolments (course_id, user_id, organization_id) values (course.id, new.id, organization);
  end if;
  return new;
end $$;
create trigger users_create_profile after insert on auth.users
  for each row execute function app.create_profile();

create function app.follow_email() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.users set email = new.email where id = new.id;
  return new;
end $$;
create trigger users_follow_email after update of email on auth.users
  for each row when (old.email is distinct from new.email) execute function app.follow_email();

-- Whether a code opens a course, and nothing more about that course.
create function public.enrolment_code_exists(code text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.courses c where c.enrolment_code = app.normalized_code(code) and c.published)
$$;

-- Enrols the caller; a second time is no error. Returns the course's slug, or null when no course of the caller's
-- organization has the code.
create function public.enrol_by_code(code text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  course record;
begin
  select c.id, c.slug, c.organization_id into course
    from public.courses c join public.users u on u.organization_id = c.organization_id and u.id = auth.uid()
   where c.enrolment_code = app.normalized_code(code) and c.published;
  if course.id is null then
    return null;
  end if;
  insert into public.enrolments (course_id, user_id, organization_id)
  values (course.id, auth.uid(), course.organization_id) on conflict do nothing;
  return course.slug;
end $$;

revoke execute on all functions in schema app from public;
revoke execute on function public.enrolment_code_exists(text), public.enrol_by_code(text) from public, anon, authenticated;
grant execute on function public.enrolment_code_exists(text) to anon, authenticated, service_role;
grant execute on function public.enrol_by_code(text) to authenticated;
