-- Course codes are typed from a board or a printout: only their letters and digits count, in any case and width, and
-- whatever blanks and dashes stand between them.
create or replace function app.normalized_code(code text) returns text language sql immutable as $$
  select regexp_replace(upper(normalize(code, NFKC)), '[^A-Z0-9]', '', 'g')
$$;

-- The published course that a code opens. Where two codes differ only by their dashes, as written counts.
create function app.course_of_code(code text) returns table (id uuid, organization_id uuid, slug text)
language sql stable security definer set search_path = '' as $$
  select c.id, c.organization_id, c.slug from public.courses c
   where app.normalized_code(c.enrolment_code) = app.normalized_code(code) and c.published
   order by c.enrolment_code = upper(btrim(code)) desc, c.created_at, c.id limit 1
$$;

create or replace function app.registration_target(code text)
returns table (organization_id uuid, course_id uuid, refusal text)
language sql stable security definer set search_path = '' as $$
  with course as (
    select * from app.course_of_code(code)
  ), target as (
    select o.id, o.registration from public.organizations o
     where o.id = coalesce((select c.organization_id from course c),
                           (select f.id from public.organizations f order by f.created_at, f.id limit 1))
  )
  select t.id, (select c.id from course c),
         case when t.registration = 'closed' then 'registration_closed'
              when t.registration = 'code' and not exists (select 1 from course) then 'enrolment_code_needed' end
    from target t
$$;

create or replace function public.enrolment_code_exists(code text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from app.course_of_code(code))
$$;

-- Enrols the caller; a second time is no error. Returns the course's slug, or null when no course of the caller's
-- organization has the code.
create or replace function public.enrol_by_code(code text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  course record;
begin
  select c.id, c.slug, c.organization_id into course
    from public.courses c join public.users u on u.organization_id = c.organization_id and u.id = auth.uid()
   where app.normalized_code(c.enrolment_code) = app.normalized_code(code) and c.published
   order by c.enrolment_code = upper(btrim(code)) desc, c.created_at, c.id limit 1;
  if course.id is null then
    return null;
  end if;
  insert into public.enrolments (course_id, user_id, organization_id)
  values (course.id, auth.uid(), course.organization_id) on conflict do nothing;
  return course.slug;
end $$;

revoke execute on function app.normalized_code(text), app.course_of_code(text) from public;
