-- Who the caller is. Security definer, because a policy on users that reads users would call itself; stable and used
-- as (select …), so that each runs once a query and not once a row.
create function app.role() returns text language sql stable security definer set search_path = '' as $$
  select u.role from public.users u where u.id = auth.uid()
$$;
create function app.organization_id() returns uuid language sql stable security definer set search_path = '' as $$
  select u.organization_id from public.users u where u.id = auth.uid()
$$;
-- Courses the caller learns in: enrolled and published.
create function app.courses_learned() returns setof uuid language sql stable security definer set search_path = '' as $$
  select e.course_id from public.enrolments e join public.courses c on c.id = e.course_id
   where e.user_id = auth.uid() and c.published
$$;
-- Courses the caller runs: their own as an instructor, all of the organization as an admin.
create function app.courses_run() returns setof uuid language sql stable security definer set search_path = '' as $$
  select c.id from public.courses c join public.users u on u.organization_id = c.organization_id
   where u.id = auth.uid() and (u.role = 'admin' or (u.role = 'instructor' and c.instructor_id = u.id))
$$;
create function app.problems_run() returns setof uuid language sql stable security definer set search_path = '' as $$
  select p.id from public.problems p where p.course_id in (select app.courses_run())
$$;
create function app.problems_open() returns setof uuid language sql stable security definer set search_path = '' as $$
  select p.id from public.problems p
   where p.course_id in (select app.courses_learned() union all select app.courses_run())
$$;
-- People whose names the caller may read: oneself, one's instructors, the learners of the courses one runs.
create function app.people_known() returns setof uuid language sql stable security definer set search_path = '' as $$
  select auth.uid()
  union select c.instructor_id from public.courses c where c.id in (select app.courses_learned())
  union select e.user_id from public.enrolments e where e.course_id in (select app.courses_run())
  union select u.id from public.users u
   where u.organization_id = app.organization_id() and app.role() = 'admin'
$$;
revoke execute on all functions in schema app from public;
grant execute on function app.role(), app.organization_id(), app.courses_learned(), app.courses_run(),
  app.problems_run(), app.problems_open(), app.people_known(), app.normalized_code(text) to authenticated, service_role;

alter table public.organizations enable row level security;
alter table public.users enable row level security;
alter table public.courses enable row level security;
alter table public.enrolments enable row level security;
alter table public.lessons enable row level security;
alter table public.problems enable row level security;
alter table public.problem_tests enable row level security;
alter table public.submissions enable row level security;
alter table public.submission_results enable row level security;
alter table public.submission_outputs enable row level security;
alter table public.drafts enable row level security;

revoke all on all tables in schema public from anon, authenticated;
grant select, insert, update, delete on all tables in schema public to service_role;
alter default privileges in schema public grant select, insert, update, delete on tables to service_role;

grant select on public.organizations to authenticated;
grant update (name) on public.organizations to authenticated;
create policy organizations_read on public.organizations for select to authenticated
  using (id = (select app.organization_id()));
create policy organizations_admin on public.organizations for update to authenticated
  using (id = (select app.organization_id()) and (select app.role()) = 'admin');

grant select on public.users to authenticated;
grant update (full_name) on public.users to authenticated;
create policy users_read on public.users for select to authenticated
  using (id in (select app.people_known()));
create policy users_rename_self on public.users for update to authenticated
  using (id = (select auth.uid())) with check (id = (select auth.uid()));

grant select, insert, update, delete on public.courses to authenticated;
create policy courses_read on public.courses for select to authenticated
  using (id in (select app.courses_learned() union all select app.courses_run()));
create policy courses_insert on public.courses for insert to authenticated
  with check (organization_id = (select app.organization_id())
    and ((select app.role()) = 'admin' or ((select app.role()) = 'instructor' and instructor_id = (select auth.uid()))));
create policy courses_update on public.courses for update to authenticated
  using (id in (select app.courses_run()))
  with check (organization_id = (select app.organization_id())
    and ((select app.role()) = 'admin' or instructor_id = (select auth.uid())));
create policy courses_delete on public.courses for delete to authenticated
  using (id in (select app.courses_run()));

-- Learners come in by enrol_by_code only.
grant select, delete on public.enrolments to authenticated;
create policy enrolments_read on public.enrolments for select to authenticated
  using (user_id = (select auth.uid()) or course_id in (select app.courses_run()));
create policy enrolments_remove on public.enrolments for delete to authenticated
  using (course_id in (select app.courses_run()));

grant select, insert, update, delete on public.lessons to authenticated;
create policy lessons_read on public.lessons for select to authenticated
  using (course_id in (select app.courses_learned() union all select app.courses_run()));
create policy lessons_write on public.lessons for all to authenticated
  using (course_id in (select app.courses_run())) with check (course_id in (select app.courses_run()));

grant select, insert, update, delete on public.problems to authenticated;
create policy problems_read on public.problems for select to authenticated
  using (course_id in (select app.courses_learned() union all select app.courses_run()));
create policy problems_write on public.problems for all to authenticated
  using (course_id in (select app.courses_run()))
  with check (course_id in (select app.courses_run()) and organization_id = (select app.organization_id()));

grant select, insert, update, delete on public.problem_tests to authenticated;
create policy problem_tests_read_samples on public.problem_tests for select to authenticated
  using (sample and problem_id in (select app.problems_open()));
create policy problem_tests_write on public.problem_tests for all to authenticated
  using (problem_id in (select app.problems_run())) with check (problem_id in (select app.problems_run()));

-- A client names the problem, the language and the source; everything else is the database's and the grader's.
grant select (id, user_id, problem_id, course_id, language_id, source_code, status, verdict, score, max_score,
  tests_passed, tests_total, compile_output, priority, attempts, not_before, revision, created_at, started_at,
  finished_at, updated_at) on public.submissions to authenticated;
grant insert (problem_id, language_id, source_code) on public.submissions to authenticated;
create policy submissions_read on public.submissions for select to authenticated
  using (user_id = (select auth.uid()) or course_id in (select app.courses_run()));
create policy submissions_insert on public.submissions for insert to authenticated
  with check (user_id = (select auth.uid()) and problem_id in (select app.problems_open()));

grant select on public.submission_results to authenticated;
create policy submission_results_read on public.submission_results for select to authenticated
  using (exists (select 1 from public.submissions s where s.id = submission_id));

grant select on public.submission_outputs to authenticated;
create policy submission_outputs_read on public.submission_outputs for select to authenticated
  using (exists (select 1 from public.submissions s where s.id = submission_id
    and (sample or s.course_id in (select app.courses_run()))));

grant select on public.problem_progress to authenticated;

grant select, delete on public.drafts to authenticated;
grant insert (problem_id, language_id, source_code, version) on public.drafts to authenticated;
grant update (source_code, version) on public.drafts to authenticated;
create policy drafts_own on public.drafts for all to authenticated
  using (user_id = (select auth.uid()))
  with check (user_id = (select auth.uid()) and problem_id in (select app.problems_open()));
