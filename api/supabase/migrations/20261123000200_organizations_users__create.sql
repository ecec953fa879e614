create table public.organizations (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 63),
  name text not null check (length(btrim(name)) between 1 and 200),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table public.users (
  id uuid primary key references auth.users (id) on delete cascade,
  organization_id uuid not null references public.organizations (id) on delete cascade,
  role text not null default 'student' check (role in ('student', 'instructor', 'admin')),
  full_name text not null check (length(btrim(full_name)) between 1 and 200),
  email text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (id, organization_id)
);
create index users_organization_role on public.users (organization_id, role);

create trigger organizations_touch before update on public.organizations
  for each row execute function app.touch_updated_at();
create trigger users_touch before update on public.users
  for each row execute function app.touch_updated_at();
