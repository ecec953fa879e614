-- The judging queue. Only the grader (service_role) may call these; each change is guarded by the lease, so that a
-- grader which lost its lease (it hung, or was taken for dead) can write nothing any more.

-- Due submissions in the order in which they will be judged: live work before rejudges; within these, courses take
-- turns, so that a course with 500 waiting delays another's first one by at most one; a lease that ran out is due again.
create function app.submission_queue() returns table (id uuid, rank bigint)
language sql stable security definer set search_path = '' as $$
  with busy as (
    select s.course_id, count(*) as running from public.submissions s
     where s.status = 'running' and s.lease_expires_at > now() group by s.course_id
  ), due as (
    select s.id, s.priority, s.created_at,
           coalesce(b.running, 0)
             + row_number() over (partition by s.course_id, s.priority order by s.created_at, s.id) as turn
      from public.submissions s left join busy b on b.course_id = s.course_id
     where (s.status = 'queued' and s.not_before <= now())
        or (s.status = 'running' and s.lease_expires_at <= now())
  )
  select due.id, row_number() over (order by due.priority, due.turn, due.created_at, due.id) from due
$$;

-- Claims up to max_claims submissions for this worker. Two graders never get the same one (SKIP LOCKED), and the
-- attempts of one whose grader died are counted.
create function public.claim_submissions(worker_name text, max_claims integer, lease_seconds integer)
returns table (id uuid, lease_token uuid, problem_id uuid, language_id integer, source_code text, attempts integer,
               has_results boolean)
language sql security definer set search_path = '' as $$
  with picked as (
    select s.id from public.submissions s join app.submission_queue() q on q.id = s.id
     where (s.status = 'queued' and s.not_before <= now())
        or (s.status = 'running' and s.lease_expires_at <= now())
     order by q.rank
     limit max_claims
       for update of s skip locked
  )
  update public.submissions s
     set status = 'running', worker = worker_name, lease_token = gen_random_uuid(),
         lease_expires_at = now() + make_interval(secs => lease_seconds),
         attempts = s.attempts + 1, started_at = coalesce(s.started_at, now())
    from picked where s.id = picked.id
  returning s.id, s.lease_token, s.problem_id, s.language_id, s.source_code, s.attempts,
            exists (select 1 from public.submission_results r where r.submission_id = s.id)
$$;

-- Keeps the leases that are still held; returns the submissions that are.
create function public.renew_leases(lease_tokens uuid[], lease_seconds integer) returns setof uuid
language sql security definer set search_path = '' as $$
  update public.submissions s set lease_expires_at = now() + make_interval(secs => lease_seconds)
   where s.lease_token = any (lease_tokens) and s.status = 'running'
  returning s.id
$$;

-- Stores results as they land: [{position, status, sample, points, timeMs, memoryKb, hint, stdin, expected, stdout,
-- stderr, message}]. False when the lease is no longer this grader's; a position that is there stays as it is.
create function public.record_results(lease uuid, results jsonb) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  submission uuid;
begin
  update public.submissions s set started_at = s.started_at
   where s.lease_token = lease and s.status = 'running' returning s.id into submission;
  if submission is null then
    return false;
  end if;
  insert into public.submission_results (submission_id, position, status, sample, points, time_ms, memory_kb, hint)
  select submission, r.position, r.status, r.sample, r.points, r."timeMs", r."memoryKb", r.hint
    from jsonb_to_recordset(results) as r(position integer, status text, sample boolean, points integer,
                                          "timeMs" integer, "memoryKb" integer, hint text)
  on conflict do nothing;
  insert into public.submission_outputs (submission_id, position, sample, stdin, expected_output, stdout, stderr, message)
  select submission, r.position, r.sample, r.stdin, r.expected, r.stdout, r.stderr, r.message
    from jsonb_to_recordset(results) as r(position integer, sample boolean, stdin text, expected text, stdout text,
                                          stderr text, message text)
  on conflict do nothing;
  return true;
end $$;

-- The one verdict of a submission. False when the lease is no longer this grader's.
create function public.finish_submission(lease uuid, final_verdict text, final_score integer, passed integer,
                                         compiler_output text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update public.submissions s
     set status = 'finished', verdict = final_verdict, score = final_score, tests_passed = passed,
         compile_output = compiler_output, finished_at = now(), judge_error = null,
         worker = null, lease_token = null, lease_expires_at = null
   where s.lease_token = lease and s.status = 'running';
  return found;
end $$;

-- Our judge failed, not the learner's program: back to the queue after a delay, or given up for good when
-- delay_seconds is null. With counted = false the attempt does not count (the judge was away altogether).
create function public.release_submission(lease uuid, reason text, delay_seconds integer, counted boolean)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  update public.submissions s
     set status = case when delay_seconds is null then 'judge_failed' else 'queued' end,
         not_before = now() + make_interval(secs => coalesce(delay_seconds, 0)),
         attempts = s.attempts - case when counted then 0 else 1 end,
         judge_error = left(reason, 500),
         finished_at = case when delay_seconds is null then now() end,
         worker = null, lease_token = null, lease_expires_at = null
   where s.lease_token = lease and s.status = 'running';
  return found;
end $$;

-- What the live view polls for all of an api process' viewers at once. Ids are random and the answer holds no
-- content, so whoever knows an id may ask; the rows themselves are then read under the viewer's own rights.
create function public.submission_progress(ids uuid[])
returns table (id uuid, status text, revision integer, queue_position bigint, expected_seconds integer)
language plpgsql stable security definer set search_path = '' as $$
declare
  seconds_each numeric;
begin
  if exists (select 1 from public.submissions s where s.id = any (ids) and s.status = 'queued') then
    -- The pace of the last twenty verdicts: the time between the first and the last of them.
    select extract(epoch from max(f.finished_at) - min(f.started_at)) / greatest(count(*), 1) into seconds_each
      from (select s.started_at, s.finished_at from public.submissions s
             where s.status = 'finished' and s.finished_at > now() - interval '10 minutes'
             order by s.finished_at desc limit 20) f;
    return query
      select s.id, s.status, s.revision, q.rank, ceil(q.rank * coalesce(seconds_each, 2))::integer
        from public.submissions s left join app.submission_queue() q on q.id = s.id
       where s.id = any (ids);
  else
    return query select s.id, s.status, s.revision, null::bigint, null::integer
                   from public.submissions s where s.id = any (ids);
  end if;
end $$;

revoke execute on all functions in schema app from public;
revoke execute on function public.claim_submissions(text, integer, integer), public.renew_leases(uuid[], integer),
  public.record_results(uuid, jsonb), public.finish_submission(uuid, text, integer, integer, text),
  public.release_submission(uuid, text, integer, boolean), public.submission_progress(uuid[])
  from public, anon, authenticated;
grant execute on function public.claim_submissions(text, integer, integer), public.renew_leases(uuid[], integer),
  public.record_results(uuid, jsonb), public.finish_submission(uuid, text, integer, integer, text),
  public.release_submission(uuid, text, integer, boolean) to service_role;
grant execute on function public.submission_progress(uuid[]) to anon, authenticated, service_role;
