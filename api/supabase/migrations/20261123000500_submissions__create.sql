create table public.submissions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references public.users (id) on delete cascade,
  problem_id uuid not null,
  course_id uuid not null,
  language_id integer not null,
  source_code text not null check (octet_length(source_code) between 1 and 65536),
  -- judge_failed: our judge could not do it after all its attempts; it is no verdict on the learner's code.
  status text not null default 'queued' check (status in ('queued', 'running', 'finished', 'judge_failed')),
  verdict text check (verdict in ('accepted', 'wrong_answer', 'time_limit', 'memory_limit', 'output_limit',
                                  'runtime_error', 'compile_error')),
  score integer not null default 0 check (score between 0 and max_score),
  max_score integer not null check (max_score >= 0),
  tests_passed integer not null default 0 check (tests_passed >= 0),
  tests_total integer not null check (tests_total >= 0),
  compile_output text check (octet_length(compile_output) <= 65536),
  -- 0 is somebody waiting, 10 a rejudge.
  priority smallint not null default 0,
  attempts integer not null default 0,
  not_before timestamptz not null default now(),
  worker text,
  lease_token uuid,
  lease_expires_at timestamptz,
  judge_error text,
  revision integer not null default 0,
  -- In milliseconds, as the api shows it: it is the cursor of a list.
  created_at timestamptz(3) not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  updated_at timestamptz not null default now(),
  foreign key (problem_id, course_id) references public.problems (id, course_id) on delete cascade,
  check ((status = 'finished') = (verdict is not null)),
  check ((status = 'running') = (lease_token is not null))
);
create index submissions_user_problem on public.submissions (user_id, problem_id, created_at desc);
create index submissions_user_recent on public.submissions (user_id, created_at desc);
create index submissions_course_recent on public.submissions (course_id, created_at desc);
create index submissions_problem on public.submissions (problem_id);
create index submissions_due on public.submissions (priority, created_at) where status in ('queued', 'running');
create index submissions_finished on public.submissions (finished_at desc) where status = 'finished';

create table public.submission_results (
  submission_id uuid not null references public.submissions (id) on delete cascade,
  position integer not null check (position >= 0),
  status text not null check (status in ('accepted', 'wrong_answer', 'time_limit', 'memory_limit', 'output_limit',
                                         'runtime_error', 'compile_error')),
  sample boolean not null,
  points integer not null check (points >= 0),
  time_ms integer check (time_ms >= 0),
  memory_kb integer check (memory_kb >= 0),
  hint text,
  created_at timestamptz not null default now(),
  primary key (submission_id, position)
);

-- What the program printed, apart from the result: a program can print its input, so the output of a hidden test
-- shows that test's input. A learner may read these rows for samples only.
create table public.submission_outputs (
  submission_id uuid not null,
  position integer not null,
  sample boolean not null,
  stdin text,
  expected_output text,
  stdout text,
  stderr text,
  message text,
  primary key (submission_id, position),
  foreign key (submission_id, position) references public.submission_results (submission_id, position) on delete cascade
);

create table public.drafts (
  user_id uuid not null default auth.uid() references public.users (id) on delete cascade,
  problem_id uuid not null references public.problems (id) on delete cascade,
  language_id integer not null,
  source_code text not null check (octet_length(source_code) <= 65536),
  version integer not null default 1 check (version >= 1),
  updated_at timestamptz not null default now(),
  primary key (user_id, problem_id, language_id)
);
create index drafts_problem on public.drafts (problem_id);
create trigger drafts_touch before update on public.drafts
  for each row execute function app.touch_updated_at();

-- Whatever a client sends, what the judge and the gradebook rely on comes from the problem.
create function app.prepare_submission() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  problem record;
begin
  select p.course_id, p.points, p.language_ids,
         (select count(*) from public.problem_tests t where t.problem_id = p.id) as tests
    into problem
    from public.problems p where p.id = new.problem_id;
  if not found then
    raise exception 'problem % does not exist', new.problem_id using errcode = 'foreign_key_violation';
  end if;
  if not (new.language_id = any (problem.language_ids)) then
    raise exception 'language_not_allowed: % on problem %', new.language_id, new.problem_id
      using errcode = 'check_violation';
  end if;
  -- Without tests every program would be right.
  if problem.tests = 0 then
    raise exception 'no_tests: problem %', new.problem_id using errcode = 'check_violation';
  end if;
  new.course_id := problem.course_id;
  new.max_score := problem.points;
  new.tests_total := problem.tests;
  return new;
end $$;
create trigger submissions_prepare before insert on public.submissions
  for each row execute function app.prepare_submission();

-- The live view polls this number: each step that a viewer would see is a new revision (a renewed lease is not).
create function app.next_revision() returns trigger language plpgsql as $$
begin
  new.revision := old.revision + 1;
  new.updated_at := now();
  return new;
end $$;
create trigger submissions_revision before update of status, started_at on public.submissions
  for each row execute function app.next_revision();

-- A learner's best state per problem; security_invoker keeps row-level security of the reader.
create view public.problem_progress with (security_invoker = true) as
  select user_id, course_id, problem_id,
         count(*)::integer as attempts,
         max(score) as best_score,
         bool_or(verdict = 'accepted') as solved,
         max(created_at) as last_submitted_at
    from public.submissions
   group by user_id, course_id, problem_id;
