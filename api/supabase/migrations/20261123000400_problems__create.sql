create table public.problems (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  course_id uuid not null,
  lesson_id uuid,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  title text not null check (length(btrim(title)) between 1 and 200),
  statement text not null check (octet_length(statement) <= 131072),
  difficulty text not null default 'easy' check (difficulty in ('easy', 'medium', 'hard')),
  points integer not null default 10 check (points between 1 and 1000),
  time_limit_ms integer not null default 2000 check (time_limit_ms between 100 and 15000),
  memory_limit_kb integer not null default 128000 check (memory_limit_kb between 2048 and 512000),
  language_ids integer[] not null check (cardinality(language_ids) between 1 and 50),
  -- {"71": "print()"}: source by Judge0 language id.
  starter_code jsonb not null default '{}' check (jsonb_typeof(starter_code) = 'object'),
  position integer not null check (position >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (organization_id, slug),
  unique (id, course_id),
  unique (course_id, position) deferrable initially deferred,
  foreign key (course_id, organization_id) references public.courses (id, organization_id) on delete cascade,
  foreign key (lesson_id, course_id) references public.lessons (id, course_id) on delete set null (lesson_id)
);
create index problems_lesson on public.problems (lesson_id, position);

create table public.problem_tests (
  id uuid primary key default gen_random_uuid(),
  problem_id uuid not null references public.problems (id) on delete cascade,
  position integer not null check (position >= 0),
  sample boolean not null default false,
  stdin text not null default '' check (octet_length(stdin) <= 1048576),
  expected_output text not null check (octet_length(expected_output) <= 1048576),
  points integer not null default 1 check (points between 0 and 1000),
  hint text check (length(hint) <= 500),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (problem_id, position) deferrable initially deferred
);

create trigger problems_touch before update on public.problems
  for each row execute function app.touch_updated_at();
create trigger problem_tests_touch before update on public.problem_tests
  for each row execute function app.touch_updated_at();
