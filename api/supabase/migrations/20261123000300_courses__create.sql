create table public.courses (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations (id) on delete cascade,
  instructor_id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  title text not null check (length(btrim(title)) between 1 and 200),
  summary text not null default '' check (length(summary) <= 2000),
  published boolean not null default false,
  enrolment_code text not null unique check (enrolment_code ~ '^[A-Z0-9][A-Z0-9-]{4,30}[A-Z0-9]$'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (organization_id, slug),
  unique (id, organization_id),
  foreign key (instructor_id, organization_id) references public.users (id, organization_id)
);
create index courses_instructor on public.courses (instructor_id);

create table public.enrolments (
  course_id uuid not null,
  user_id uuid not null,
  organization_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (course_id, user_id),
  foreign key (course_id, organization_id) references public.courses (id, organization_id) on delete cascade,
  foreign key (user_id, organization_id) references public.users (id, organization_id) on delete cascade
);
create index enrolments_user on public.enrolments (user_id, course_id);

create table public.lessons (
  id uuid primary key default gen_random_uuid(),
  course_id uuid not null references public.courses (id) on delete cascade,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  title text not null check (length(btrim(title)) between 1 and 200),
  body text not null default '' check (octet_length(body) <= 262144),
  position integer not null check (position >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (course_id, slug),
  unique (id, course_id),
  -- Deferred, so that two lessons can change places in one transaction.
  unique (course_id, position) deferrable initially deferred
);

create trigger courses_touch before update on public.courses
  for each row execute function app.touch_updated_at();
create trigger lessons_touch before update on public.lessons
  for each row execute function app.touch_updated_at();
