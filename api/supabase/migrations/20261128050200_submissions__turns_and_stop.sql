-- Due submissions in the order in which they will be judged: live work before rejudges; within these, first everybody's
-- first, then everybody's second; within these, courses take turns, so that a course with 500 waiting delays another's
-- first one by at most one. What is being judged counts as a turn; a lease that ran out is due again.
create or replace function app.submission_queue() returns table (id uuid, rank bigint)
language sql stable security definer set search_path = '' as $$
  with held as (
    select s.user_id, s.course_id from public.submissions s
     where s.status = 'running' and s.lease_expires_at > now()
  ), busy_people as (
    select h.user_id, count(*) as running from held h group by h.user_id
  ), busy_courses as (
    select h.course_id, count(*) as running from held h group by h.course_id
  ), due as (
    select s.id, s.priority, s.created_at, s.course_id,
           coalesce(b.running, 0)
             + row_number() over (partition by s.user_id, s.priority order by s.created_at, s.id) as turn
      from public.submissions s left join busy_people b on b.user_id = s.user_id
     where (s.status = 'queued' and s.not_before <= now())
        or (s.status = 'running' and s.lease_expires_at <= now())
  ), turns as (
    select d.id, d.priority, d.created_at, d.turn,
           coalesce(b.running, 0)
             + row_number() over (partition by d.course_id, d.priority, d.turn order by d.created_at, d.id) as course_turn
      from due d left join busy_courses b on b.course_id = d.course_id
  )
  select t.id, row_number() over (order by t.priority, t.turn, t.course_turn, t.created_at, t.id) from turns t
$$;

-- stopped: its author or the course's staff ended it before its verdict.
alter table public.submissions drop constraint submissions_status_check;
alter table public.submissions add constraint submissions_status_check
  check (status in ('queued', 'running', 'finished', 'judge_failed', 'stopped'));

-- not_run: of a program that was too slow before, which would only have kept others waiting.
alter table public.submission_results drop constraint submission_results_status_check;
alter table public.submission_results add constraint submission_results_status_check
  check (status in ('accepted', 'wrong_answer', 'time_limit', 'memory_limit', 'output_limit', 'runtime_error',
                    'compile_error', 'not_run'));

-- Ends a submission that has no verdict yet; its grader can write nothing any more. True when it did; running tells the
-- lease under which a grader has its programs at the judge, null when none has it.
create function public.stop_submission(submission uuid) returns table (stopped boolean, running uuid)
language plpgsql security definer set search_path = '' as $$
declare
  person uuid := app.caller_id();
  held uuid;
begin
  select s.lease_token into held from public.submissions s
   where s.id = submission and s.status in ('queued', 'running')
     and (s.user_id = person or s.course_id in (select app.courses_run()))
     for update;
  if not found then
    return query select false, null::uuid;
    return;
  end if;
  update public.submissions s
     set status = 'stopped', finished_at = now(), judge_error = null,
         worker = null, lease_token = null, lease_expires_at = null
   where s.id = submission;
  return query select true, held;
end $$;
revoke execute on function public.stop_submission(uuid) from public, anon, authenticated;
grant execute on function public.stop_submission(uuid) to authenticated;

-- After so many tests past the time limit the others are not run; null: all are run. A program that waits without using
-- the processor ends after wait_limit_ms; null: after twice its time limit, at least three seconds.
alter table public.problems
  add column stop_after_time_limits integer default 2 check (stop_after_time_limits between 1 and 1000),
  add column wait_limit_ms integer check (wait_limit_ms between 1000 and 20000);
