-- Programs are stored by functions that know the quotas of a person, and in no other way.

-- Bytes that one person's programs may take up, submissions and drafts each.
create function app.source_quota_bytes() returns bigint language sql immutable as $$ select 33554432::bigint $$;
create function app.waiting_quota() returns integer language sql immutable as $$ select 5 $$;

-- Stores a program of the caller and returns its id. Refuses with not_open, too_many_waiting, source_quota_exceeded,
-- and what app.prepare_submission refuses.
create function public.submit_program(problem uuid, language integer, source text, request text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  person uuid := app.caller_id();
  submission uuid;
begin
  if person is null or not exists (select 1 from app.problems_open() p where p = problem) then
    raise exception 'not_open: problem %', problem using errcode = 'insufficient_privilege';
  end if;
  -- Requests at the same time must not each find room for one more.
  perform pg_advisory_xact_lock(hashtextextended('programs of ' || person, 0));
  if (select count(*) from public.submissions s
       where s.user_id = person and s.status in ('queued', 'running') and s.priority = 0) >= app.waiting_quota() then
    raise exception 'too_many_waiting: person %', person using errcode = 'check_violation';
  end if;
  if (select coalesce(sum(octet_length(s.source_code)), 0) from public.submissions s where s.user_id = person)
       + octet_length(source) > app.source_quota_bytes() then
    raise exception 'source_quota_exceeded: person %', person using errcode = 'check_violation';
  end if;
  insert into public.submissions (user_id, problem_id, language_id, source_code, request_id)
  values (person, problem, language, source, request) returning id into submission;
  return submission;
end $$;

-- Saves the caller's draft over exactly this version, 0 for none; no row when the stored one is another by now. Refuses
-- with not_open, language_not_allowed, source_quota_exceeded.
create function public.save_draft(problem uuid, language integer, source text, known_version integer)
returns table (source_code text, version integer, updated_at timestamptz)
language plpgsql security definer set search_path = '' as $$
declare
  person uuid := app.caller_id();
begin
  if person is null or not exists (select 1 from app.problems_open() p where p = problem) then
    raise exception 'not_open: problem %', problem using errcode = 'insufficient_privilege';
  end if;
  if not exists (select 1 from public.problems p where p.id = problem and language = any (p.language_ids)) then
    raise exception 'language_not_allowed: % on problem %', language, problem using errcode = 'check_violation';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('programs of ' || person, 0));
  if (select coalesce(sum(octet_length(d.source_code)), 0) from public.drafts d
       where d.user_id = person and not (d.problem_id = problem and d.language_id = language))
       + octet_length(source) > app.source_quota_bytes() then
    raise exception 'source_quota_exceeded: person %', person using errcode = 'check_violation';
  end if;
  if known_version = 0 then
    return query
      insert into public.drafts as d (user_id, problem_id, language_id, source_code)
      values (person, problem, language, source) on conflict do nothing
      returning d.source_code, d.version, d.updated_at;
  else
    return query
      update public.drafts d set source_code = source, version = d.version + 1
       where d.user_id = person and d.problem_id = problem and d.language_id = language and d.version = known_version
      returning d.source_code, d.version, d.updated_at;
  end if;
end $$;

revoke insert, update, delete on public.submissions, public.drafts from authenticated;
revoke insert (problem_id, language_id, source_code, request_id) on public.submissions from authenticated;
revoke insert (problem_id, language_id, source_code, version), update (source_code, version)
  on public.drafts from authenticated;

revoke execute on function app.source_quota_bytes(), app.waiting_quota() from public;
revoke execute on function public.submit_program(uuid, integer, text, text),
  public.save_draft(uuid, integer, text, integer) from public, anon, authenticated;
grant execute on function public.submit_program(uuid, integer, text, text),
  public.save_draft(uuid, integer, text, integer) to authenticated;

-- Whether a code opens a course is asked by the api, which limits how often; nobody tries codes here. The same goes for
-- how far a submission is.
revoke execute on function public.enrolment_code_exists(text), public.registration_refusal(text),
  public.submission_progress(uuid[]) from anon, authenticated;
