-- A program can tell a hidden test's input by how long it takes and how much memory it uses: of hidden tests learners
-- see coarse figures. The exact ones stand with the outputs, which only the course's staff reads for them.
create function app.coarse(value integer, steps integer[]) returns integer language sql immutable set search_path = '' as $$
  select coalesce((select min(step) from unnest(steps) step where step >= value), (select max(step) from unnest(steps) step))
   where value is not null
$$;
-- Milliseconds and kilobytes, each the next step up.
create function app.coarse_time_ms(value integer) returns integer language sql immutable set search_path = '' as $$
  select app.coarse(value, array[200, 500, 1000, 2000, 5000, 10000, 20000])
$$;
create function app.coarse_memory_kb(value integer) returns integer language sql immutable set search_path = '' as $$
  select app.coarse(value, array[32768, 65536, 131072, 262144, 524288, 1048576])
$$;
revoke execute on function app.coarse(integer, integer[]), app.coarse_time_ms(integer), app.coarse_memory_kb(integer)
  from public;

alter table public.submission_outputs
  add column time_ms integer check (time_ms >= 0),
  add column memory_kb integer check (memory_kb >= 0);
update public.submission_outputs o set time_ms = r.time_ms, memory_kb = r.memory_kb
  from public.submission_results r where r.submission_id = o.submission_id and r.position = o.position;
update public.submission_results r
   set time_ms = app.coarse_time_ms(r.time_ms), memory_kb = app.coarse_memory_kb(r.memory_kb) where not r.sample;

-- As before, with coarse figures of hidden tests. How far past its limit a program was is told to nobody but staff.
create or replace function public.record_results(lease uuid, results jsonb) returns boolean
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
  select submission, r.position, r.status, r.sample, r.points,
         case when r.sample then r."timeMs" when r.status <> 'time_limit' then app.coarse_time_ms(r."timeMs") end,
         case when r.sample then r."memoryKb" else app.coarse_memory_kb(r."memoryKb") end, r.hint
    from jsonb_to_recordset(results) as r(position integer, status text, sample boolean, points integer,
                                          "timeMs" integer, "memoryKb" integer, hint text)
  on conflict do nothing;
  insert into public.submission_outputs (submission_id, position, sample, stdin, expected_output, stdout, stderr, message,
                                         time_ms, memory_kb)
  select submission, r.position, r.sample, r.stdin, r.expected, r.stdout, r.stderr, r.message, r."timeMs", r."memoryKb"
    from jsonb_to_recordset(results) as r(position integer, sample boolean, stdin text, expected text, stdout text,
                                          stderr text, message text, "timeMs" integer, "memoryKb" integer)
  on conflict do nothing;
  return true;
end $$;
