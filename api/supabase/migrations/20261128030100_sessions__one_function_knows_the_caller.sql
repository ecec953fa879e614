-- Whose token a request carries, and what is wrong with its session. No other function and no policy reads the token:
-- an access token outlives its session by up to an hour, is signed before the second factor is given, and goes on when
-- an account is deactivated. A token without a session has none that could be ended, so it is worth nothing.
create function app.bearer() returns table (id uuid, session_id uuid, second_factor text, ended boolean, deactivated boolean)
language sql stable security definer set search_path = '' as $$
  select u.id, t.session_id, app.second_factor_state(u.id, t.session_id),
         not exists (select 1 from auth.sessions s
                      where s.id = t.session_id and s.user_id = u.id and (s.not_after is null or s.not_after > now())),
         u.deactivated_at is not null
    from (select auth.uid() as user_id, nullif(auth.jwt() ->> 'session_id', '')::uuid as session_id) t
    join public.users u on u.id = t.user_id
$$;

-- The caller's id, or null unless the session is alive, complete and of an active account. Stands as (select …), so
-- that it runs once a query and not once a row.
create or replace function app.caller_id() returns uuid language sql stable security definer set search_path = '' as $$
  select b.id from app.bearer() b
   where not b.ended and not b.deactivated and b.second_factor in ('none', 'verified')
$$;

create or replace function app.is_active() returns boolean language sql stable security definer set search_path = '' as $$
  select (select app.caller_id()) is not null
$$;

create or replace function app.people_known() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select app.caller_id()
  union select c.instructor_id from public.courses c where c.id in (select app.courses_learned())
  union select e.user_id from public.enrolments e where e.course_id in (select app.courses_run())
  union select u.id from public.users u
   where u.organization_id = (select app.organization_id()) and (select app.role()) = 'admin'
$$;

-- Who the caller is, also before the second factor is given. Of an ended session or a deactivated account it says only
-- that; null when the account is deleted.
create or replace function public.my_identity() returns jsonb
language sql stable security definer set search_path = '' as $$
  select case
      when b.ended or b.deactivated then jsonb_build_object('sessionEnded', b.ended, 'deactivated', b.deactivated)
      else jsonb_build_object(
        'id', u.id, 'email', u.email, 'fullName', u.full_name, 'role', u.role,
        'organization', jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name),
        'secondFactor', b.second_factor, 'sessionEnded', false, 'deactivated', false,
        'avatarFileId', u.avatar_file_id) end
    from app.bearer() b
    join public.users u on u.id = b.id
    join public.organizations o on o.id = u.organization_id
$$;
drop function public.who_am_i();
drop function app.session_ended();
drop function app.session_id();

create or replace function public.enrol_by_code(code text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  caller uuid := app.caller_id();
  course record;
begin
  select c.id, c.slug, c.organization_id into course
    from public.courses c join public.users u on u.organization_id = c.organization_id and u.id = caller
   where c.enrolment_code = app.normalized_code(code) and c.published;
  if course.id is null then
    return null;
  end if;
  insert into public.enrolments (course_id, user_id, organization_id)
  values (course.id, caller, course.organization_id) on conflict do nothing;
  return course.slug;
end $$;

alter table public.submissions alter column user_id set default app.caller_id();
alter table public.drafts alter column user_id set default app.caller_id();

alter policy users_rename_self on public.users
  using (id = (select app.caller_id())) with check (id = (select app.caller_id()));
alter policy courses_insert on public.courses
  with check (organization_id = (select app.organization_id())
    and ((select app.role()) = 'admin'
      or ((select app.role()) = 'instructor' and instructor_id = (select app.caller_id()))));
alter policy courses_update on public.courses
  with check (organization_id = (select app.organization_id())
    and ((select app.role()) = 'admin' or instructor_id = (select app.caller_id())));
alter policy enrolments_read on public.enrolments
  using (user_id = (select app.caller_id()) or course_id in (select app.courses_run()));
alter policy submissions_read on public.submissions
  using (user_id = (select app.caller_id()) or course_id in (select app.courses_run()));
alter policy submissions_insert on public.submissions
  with check (user_id = (select app.caller_id()) and problem_id in (select app.problems_open()));
alter policy drafts_own on public.drafts
  using (user_id = (select app.caller_id()))
  with check (user_id = (select app.caller_id()) and problem_id in (select app.problems_open()));
alter policy files_read on public.files
  using (state = 'ready' and (
    owner_id = (select app.caller_id())
    or (purpose = 'avatar' and owner_id in (select app.people_known()))
    or lesson_id in (select app.lessons_open())));

revoke execute on function app.bearer() from public;
