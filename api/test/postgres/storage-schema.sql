-- The schema storage as storage-api leaves it (v1.70.6, the newest that could be run; DB_INSTALL_ROLES=false): what its
-- own migrations made on Postgres 17 after our bootstrap.sql, read back from the catalogue. The service makes these as
-- supabase_storage_admin, and so do the tests; a test holds them against api/test/upstream/tables.json. Of its functions
-- only those of its triggers are here, in our words.
create type storage.buckettype as enum ('STANDARD', 'ANALYTICS', 'VECTOR');

create table storage.buckets (
  id text not null,
  name text not null,
  owner uuid,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  public boolean default false,
  avif_autodetection boolean default false,
  file_size_limit bigint,
  allowed_mime_types text[],
  owner_id text,
  type storage.buckettype not null default 'STANDARD'::storage.buckettype,
  versioning_status text not null default 'DISABLED'::text,
  PRIMARY KEY (id),
  CHECK ((versioning_status = 'DISABLED'::text)),
  CHECK (((type = 'STANDARD'::storage.buckettype) OR (versioning_status = 'DISABLED'::text))),
  CHECK ((versioning_status = ANY (ARRAY['DISABLED'::text, 'ENABLED'::text, 'SUSPENDED'::text])))
);
create unique index bname ON storage.buckets USING btree (name);
alter table storage.buckets enable row level security;

create table storage.buckets_analytics (
  name text not null,
  type storage.buckettype not null default 'ANALYTICS'::storage.buckettype,
  format text not null default 'ICEBERG'::text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  id uuid not null default gen_random_uuid(),
  deleted_at timestamptz,
  PRIMARY KEY (id)
);
create unique index buckets_analytics_unique_name_idx ON storage.buckets_analytics USING btree (name) WHERE (deleted_at IS NULL);
alter table storage.buckets_analytics enable row level security;

create table storage.buckets_vectors (
  id text not null,
  type storage.buckettype not null default 'VECTOR'::storage.buckettype,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  PRIMARY KEY (id)
);
alter table storage.buckets_vectors enable row level security;

create table storage.iceberg_namespaces (
  id uuid not null default gen_random_uuid(),
  bucket_name text not null,
  name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  metadata jsonb not null default '{}'::jsonb,
  catalog_id uuid not null,
  PRIMARY KEY (id)
);
create unique index idx_iceberg_namespaces_bucket_id ON storage.iceberg_namespaces USING btree (catalog_id, name);
alter table storage.iceberg_namespaces enable row level security;

create table storage.iceberg_tables (
  id uuid not null default gen_random_uuid(),
  namespace_id uuid not null,
  bucket_name text not null,
  name text not null,
  location text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  remote_table_id text,
  shard_key text,
  shard_id text,
  catalog_id uuid not null,
  PRIMARY KEY (id)
);
create unique index idx_iceberg_tables_location ON storage.iceberg_tables USING btree (location);
create unique index idx_iceberg_tables_namespace_id ON storage.iceberg_tables USING btree (catalog_id, namespace_id, name);
alter table storage.iceberg_tables enable row level security;

create table storage.migrations (
  id integer not null,
  name varchar(100) not null,
  hash varchar(40) not null,
  executed_at timestamp default CURRENT_TIMESTAMP,
  UNIQUE (name),
  PRIMARY KEY (id)
);
alter table storage.migrations enable row level security;

create table storage.objects (
  id uuid not null default gen_random_uuid(),
  bucket_id text,
  name text,
  owner uuid,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  last_accessed_at timestamptz default now(),
  metadata jsonb,
  path_tokens text[] generated always as (string_to_array(name, '/'::text)) stored,
  version text,
  owner_id text,
  user_metadata jsonb,
  archived_at timestamptz,
  is_delete_marker boolean not null default false,
  is_versioned boolean not null default false,
  PRIMARY KEY (id)
);
create index idx_objects_bucket_id_name ON storage.objects USING btree (bucket_id, name COLLATE "C");
create index idx_objects_bucket_id_name_lower ON storage.objects USING btree (bucket_id, lower(name) COLLATE "C");
create index name_prefix_search ON storage.objects USING btree (name text_pattern_ops);
create unique index bucketid_objname ON storage.objects USING btree (bucket_id, name);
alter table storage.objects enable row level security;

create table storage.s3_multipart_uploads (
  id text not null,
  in_progress_size bigint not null default 0,
  upload_signature text not null,
  bucket_id text not null,
  key text not null,
  version text not null,
  owner_id text,
  created_at timestamptz not null default now(),
  user_metadata jsonb,
  metadata jsonb,
  PRIMARY KEY (id)
);
create index idx_multipart_uploads_list ON storage.s3_multipart_uploads USING btree (bucket_id, key, created_at);
alter table storage.s3_multipart_uploads enable row level security;

create table storage.s3_multipart_uploads_parts (
  id uuid not null default gen_random_uuid(),
  upload_id text not null,
  size bigint not null default 0,
  part_number integer not null,
  bucket_id text not null,
  key text not null,
  etag text not null,
  owner_id text,
  version text not null,
  created_at timestamptz not null default now(),
  PRIMARY KEY (id)
);
alter table storage.s3_multipart_uploads_parts enable row level security;

create table storage.vector_indexes (
  id text not null default gen_random_uuid(),
  name text not null,
  bucket_id text not null,
  data_type text not null,
  dimension integer not null,
  distance_metric text not null,
  metadata_configuration jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  PRIMARY KEY (id)
);
create unique index vector_indexes_name_bucket_id_idx ON storage.vector_indexes USING btree (name, bucket_id);
alter table storage.vector_indexes enable row level security;

alter table storage.iceberg_namespaces add FOREIGN KEY (catalog_id) REFERENCES storage.buckets_analytics(id) ON DELETE CASCADE;
alter table storage.iceberg_tables add FOREIGN KEY (catalog_id) REFERENCES storage.buckets_analytics(id) ON DELETE CASCADE;
alter table storage.iceberg_tables add FOREIGN KEY (namespace_id) REFERENCES storage.iceberg_namespaces(id) ON DELETE CASCADE;
alter table storage.objects add FOREIGN KEY (bucket_id) REFERENCES storage.buckets(id);
alter table storage.s3_multipart_uploads add FOREIGN KEY (bucket_id) REFERENCES storage.buckets(id);
alter table storage.s3_multipart_uploads_parts add FOREIGN KEY (bucket_id) REFERENCES storage.buckets(id);
alter table storage.s3_multipart_uploads_parts add FOREIGN KEY (upload_id) REFERENCES storage.s3_multipart_uploads(id) ON DELETE CASCADE;
alter table storage.vector_indexes add FOREIGN KEY (bucket_id) REFERENCES storage.buckets_vectors(id);

grant delete, insert, maintain, references, select, trigger, truncate, update on storage.buckets to postgres with grant option;
grant delete, insert, maintain, references, select, trigger, truncate, update on storage.objects to postgres with grant option;

revoke insert, update, delete, truncate, references, trigger, maintain
  on storage.iceberg_namespaces, storage.iceberg_tables, storage.s3_multipart_uploads, storage.s3_multipart_uploads_parts
  from anon, authenticated;

create function storage.enforce_bucket_name_length() returns trigger language plpgsql as $$
begin
  if length(new.name) > 100 then
    raise exception 'bucket name "%" is too long', new.name;
  end if;
  return new;
end $$;
create trigger enforce_bucket_name_length_trigger before insert or update of name on storage.buckets
  for each row execute function storage.enforce_bucket_name_length();

-- Rows go with their files, so whoever deletes rows by SQL is stopped.
create function storage.protect_delete() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('storage.allow_delete_query', true), 'false') <> 'true' then
    raise exception 'Direct deletion from storage tables is not allowed' using errcode = '42501';
  end if;
  return null;
end $$;
create trigger protect_buckets_delete before delete on storage.buckets
  for each statement execute function storage.protect_delete();
create trigger protect_objects_delete before delete on storage.objects
  for each statement execute function storage.protect_delete();

create function storage.update_updated_at_column() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end $$;
create trigger update_objects_updated_at before update on storage.objects
  for each row execute function storage.update_updated_at_column();
