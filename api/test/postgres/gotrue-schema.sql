-- The schema auth as GoTrue v2.196.0 leaves it: what its own migrations made on Postgres 17 after our bootstrap.sql, read
-- back from the catalogue. GoTrue makes these as supabase_auth_admin, and so do the tests; a test holds them against
-- api/test/upstream/tables.json.
create type auth.aal_level as enum ('aal1', 'aal2', 'aal3');
create type auth.code_challenge_method as enum ('s256', 'plain');
create type auth.factor_status as enum ('unverified', 'verified');
create type auth.factor_type as enum ('totp', 'webauthn', 'phone');
create type auth.oauth_authorization_status as enum ('pending', 'approved', 'denied', 'expired');
create type auth.oauth_client_type as enum ('public', 'confidential');
create type auth.oauth_registration_type as enum ('dynamic', 'manual');
create type auth.oauth_response_type as enum ('code');
create type auth.one_time_token_type as enum ('confirmation_token', 'reauthentication_token', 'recovery_token', 'email_change_token_new', 'email_change_token_current', 'phone_change_token');

create table auth.audit_log_entries (
  instance_id uuid,
  id uuid not null,
  payload json,
  created_at timestamptz,
  ip_address varchar(64) not null default ''::character varying,
  PRIMARY KEY (id)
);
create index audit_logs_instance_id_idx ON auth.audit_log_entries USING btree (instance_id);
alter table auth.audit_log_entries enable row level security;

create table auth.custom_oauth_providers (
  id uuid not null default gen_random_uuid(),
  provider_type text not null,
  identifier text not null,
  name text not null,
  client_id text not null,
  client_secret text not null,
  acceptable_client_ids text[] not null default '{}'::text[],
  scopes text[] not null default '{}'::text[],
  pkce_enabled boolean not null default true,
  attribute_mapping jsonb not null default '{}'::jsonb,
  authorization_params jsonb not null default '{}'::jsonb,
  enabled boolean not null default true,
  email_optional boolean not null default false,
  issuer text,
  discovery_url text,
  skip_nonce_check boolean not null default false,
  cached_discovery jsonb,
  discovery_cached_at timestamptz,
  authorization_url text,
  token_url text,
  userinfo_url text,
  jwks_uri text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  custom_claims_allowlist text[] not null default '{}'::text[],
  UNIQUE (identifier),
  PRIMARY KEY (id),
  CHECK (((authorization_url IS NULL) OR (authorization_url ~~ 'https://%'::text))),
  CHECK (((authorization_url IS NULL) OR (char_length(authorization_url) <= 2048))),
  CHECK (((char_length(client_id) >= 1) AND (char_length(client_id) <= 512))),
  CHECK (((discovery_url IS NULL) OR (char_length(discovery_url) <= 2048))),
  CHECK ((identifier ~ '^[a-z0-9][a-z0-9:-]{0,48}[a-z0-9]$'::text)),
  CHECK (((issuer IS NULL) OR ((char_length(issuer) >= 1) AND (char_length(issuer) <= 2048)))),
  CHECK (((jwks_uri IS NULL) OR (jwks_uri ~~ 'https://%'::text))),
  CHECK (((jwks_uri IS NULL) OR (char_length(jwks_uri) <= 2048))),
  CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
  CHECK (((provider_type <> 'oauth2'::text) OR ((authorization_url IS NOT NULL) AND (token_url IS NOT NULL) AND (userinfo_url IS NOT NULL)))),
  CHECK (((provider_type <> 'oidc'::text) OR (discovery_url IS NULL) OR (discovery_url ~~ 'https://%'::text))),
  CHECK (((provider_type <> 'oidc'::text) OR (issuer IS NULL) OR (issuer ~~ 'https://%'::text))),
  CHECK (((provider_type <> 'oidc'::text) OR (issuer IS NOT NULL))),
  CHECK ((provider_type = ANY (ARRAY['oauth2'::text, 'oidc'::text]))),
  CHECK (((token_url IS NULL) OR (token_url ~~ 'https://%'::text))),
  CHECK (((token_url IS NULL) OR (char_length(token_url) <= 2048))),
  CHECK (((userinfo_url IS NULL) OR (userinfo_url ~~ 'https://%'::text))),
  CHECK (((userinfo_url IS NULL) OR (char_length(userinfo_url) <= 2048)))
);
create index custom_oauth_providers_created_at_idx ON auth.custom_oauth_providers USING btree (created_at);
create index custom_oauth_providers_enabled_idx ON auth.custom_oauth_providers USING btree (enabled);
create index custom_oauth_providers_identifier_idx ON auth.custom_oauth_providers USING btree (identifier);
create index custom_oauth_providers_provider_type_idx ON auth.custom_oauth_providers USING btree (provider_type);

create table auth.flow_state (
  id uuid not null,
  user_id uuid,
  auth_code text,
  code_challenge_method auth.code_challenge_method,
  code_challenge text,
  provider_type text not null,
  provider_access_token text,
  provider_refresh_token text,
  created_at timestamptz,
  updated_at timestamptz,
  authentication_method text not null,
  auth_code_issued_at timestamptz,
  invite_token text,
  referrer text,
  oauth_client_state_id uuid,
  linking_target_id uuid,
  email_optional boolean not null default false,
  PRIMARY KEY (id)
);
create index flow_state_created_at_idx ON auth.flow_state USING btree (created_at DESC);
create index idx_auth_code ON auth.flow_state USING btree (auth_code);
create index idx_user_id_auth_method ON auth.flow_state USING btree (user_id, authentication_method);
alter table auth.flow_state enable row level security;

create table auth.identities (
  provider_id text not null,
  user_id uuid not null,
  identity_data jsonb not null,
  provider text not null,
  last_sign_in_at timestamptz,
  created_at timestamptz,
  updated_at timestamptz,
  email text generated always as (lower((identity_data ->> 'email'::text))) stored,
  id uuid not null default gen_random_uuid(),
  UNIQUE (provider_id, provider),
  PRIMARY KEY (id)
);
create index identities_email_idx ON auth.identities USING btree (email text_pattern_ops);
create index identities_user_id_idx ON auth.identities USING btree (user_id);
alter table auth.identities enable row level security;

create table auth.instances (
  id uuid not null,
  uuid uuid,
  raw_base_config text,
  created_at timestamptz,
  updated_at timestamptz,
  PRIMARY KEY (id)
);
alter table auth.instances enable row level security;

create table auth.mfa_amr_claims (
  session_id uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  authentication_method text not null,
  id uuid not null,
  UNIQUE (session_id, authentication_method),
  PRIMARY KEY (id)
);
alter table auth.mfa_amr_claims enable row level security;

create table auth.mfa_challenges (
  id uuid not null,
  factor_id uuid not null,
  created_at timestamptz not null,
  verified_at timestamptz,
  ip_address inet not null,
  otp_code text,
  web_authn_session_data jsonb,
  PRIMARY KEY (id)
);
create index mfa_challenge_created_at_idx ON auth.mfa_challenges USING btree (created_at DESC);
alter table auth.mfa_challenges enable row level security;

create table auth.mfa_factors (
  id uuid not null,
  user_id uuid not null,
  friendly_name text,
  factor_type auth.factor_type not null,
  status auth.factor_status not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  secret text,
  phone text,
  last_challenged_at timestamptz,
  web_authn_credential jsonb,
  web_authn_aaguid uuid,
  last_webauthn_challenge_data jsonb,
  UNIQUE (last_challenged_at),
  PRIMARY KEY (id)
);
create index factor_id_created_at_idx ON auth.mfa_factors USING btree (user_id, created_at);
create index mfa_factors_user_id_idx ON auth.mfa_factors USING btree (user_id);
create unique index mfa_factors_user_friendly_name_unique ON auth.mfa_factors USING btree (friendly_name, user_id) WHERE (TRIM(BOTH FROM friendly_name) <> ''::text);
create unique index unique_phone_factor_per_user ON auth.mfa_factors USING btree (user_id, phone);
alter table auth.mfa_factors enable row level security;

create table auth.oauth_authorizations (
  id uuid not null,
  authorization_id text not null,
  client_id uuid not null,
  user_id uuid,
  redirect_uri text not null,
  scope text not null,
  state text,
  resource text,
  code_challenge text,
  code_challenge_method auth.code_challenge_method,
  response_type auth.oauth_response_type not null default 'code'::auth.oauth_response_type,
  status auth.oauth_authorization_status not null default 'pending'::auth.oauth_authorization_status,
  authorization_code text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default (now() + '00:03:00'::interval),
  approved_at timestamptz,
  nonce text,
  UNIQUE (authorization_code),
  UNIQUE (authorization_id),
  PRIMARY KEY (id),
  CHECK ((char_length(authorization_code) <= 255)),
  CHECK ((char_length(code_challenge) <= 128)),
  CHECK ((expires_at > created_at)),
  CHECK ((char_length(nonce) <= 255)),
  CHECK ((char_length(redirect_uri) <= 2048)),
  CHECK ((char_length(resource) <= 2048)),
  CHECK ((char_length(scope) <= 4096)),
  CHECK ((char_length(state) <= 4096))
);
create index oauth_auth_pending_exp_idx ON auth.oauth_authorizations USING btree (expires_at) WHERE (status = 'pending'::auth.oauth_authorization_status);

create table auth.oauth_client_states (
  id uuid not null,
  provider_type text not null,
  code_verifier text,
  created_at timestamptz not null,
  PRIMARY KEY (id)
);
create index idx_oauth_client_states_created_at ON auth.oauth_client_states USING btree (created_at);

create table auth.oauth_clients (
  id uuid not null,
  client_secret_hash text,
  registration_type auth.oauth_registration_type not null,
  redirect_uris text not null,
  grant_types text not null,
  client_name text,
  client_uri text,
  logo_uri text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  client_type auth.oauth_client_type not null default 'confidential'::auth.oauth_client_type,
  token_endpoint_auth_method text not null,
  PRIMARY KEY (id),
  CHECK ((char_length(client_name) <= 1024)),
  CHECK ((char_length(client_uri) <= 2048)),
  CHECK ((char_length(logo_uri) <= 2048)),
  CHECK ((token_endpoint_auth_method = ANY (ARRAY['client_secret_basic'::text, 'client_secret_post'::text, 'none'::text])))
);
create index oauth_clients_deleted_at_idx ON auth.oauth_clients USING btree (deleted_at);

create table auth.oauth_consents (
  id uuid not null,
  user_id uuid not null,
  client_id uuid not null,
  scopes text not null,
  granted_at timestamptz not null default now(),
  revoked_at timestamptz,
  UNIQUE (user_id, client_id),
  PRIMARY KEY (id),
  CHECK (((revoked_at IS NULL) OR (revoked_at >= granted_at))),
  CHECK ((char_length(scopes) <= 2048)),
  CHECK ((char_length(TRIM(BOTH FROM scopes)) > 0))
);
create index oauth_consents_active_client_idx ON auth.oauth_consents USING btree (client_id) WHERE (revoked_at IS NULL);
create index oauth_consents_active_user_client_idx ON auth.oauth_consents USING btree (user_id, client_id) WHERE (revoked_at IS NULL);
create index oauth_consents_user_order_idx ON auth.oauth_consents USING btree (user_id, granted_at DESC);

create table auth.one_time_tokens (
  id uuid not null,
  user_id uuid not null,
  token_type auth.one_time_token_type not null,
  token_hash text not null,
  relates_to text not null,
  created_at timestamp not null default now(),
  updated_at timestamp not null default now(),
  PRIMARY KEY (id),
  CHECK ((char_length(token_hash) > 0))
);
create index one_time_tokens_relates_to_hash_idx ON auth.one_time_tokens USING hash (relates_to);
create index one_time_tokens_token_hash_hash_idx ON auth.one_time_tokens USING hash (token_hash);
create unique index one_time_tokens_user_id_token_type_key ON auth.one_time_tokens USING btree (user_id, token_type);
alter table auth.one_time_tokens enable row level security;

create table auth.refresh_tokens (
  instance_id uuid,
  id bigserial,
  token varchar(255),
  user_id varchar(255),
  revoked boolean,
  created_at timestamptz,
  updated_at timestamptz,
  parent varchar(255),
  session_id uuid,
  UNIQUE (token),
  PRIMARY KEY (id)
);
create index refresh_tokens_instance_id_idx ON auth.refresh_tokens USING btree (instance_id);
create index refresh_tokens_instance_id_user_id_idx ON auth.refresh_tokens USING btree (instance_id, user_id);
create index refresh_tokens_parent_idx ON auth.refresh_tokens USING btree (parent);
create index refresh_tokens_session_id_revoked_idx ON auth.refresh_tokens USING btree (session_id, revoked);
create index refresh_tokens_updated_at_idx ON auth.refresh_tokens USING btree (updated_at DESC);
alter table auth.refresh_tokens enable row level security;

create table auth.saml_providers (
  id uuid not null,
  sso_provider_id uuid not null,
  entity_id text not null,
  metadata_xml text not null,
  metadata_url text,
  attribute_mapping jsonb,
  created_at timestamptz,
  updated_at timestamptz,
  name_id_format text,
  UNIQUE (entity_id),
  PRIMARY KEY (id),
  CHECK ((char_length(entity_id) > 0)),
  CHECK (((metadata_url = NULL::text) OR (char_length(metadata_url) > 0))),
  CHECK ((char_length(metadata_xml) > 0))
);
create index saml_providers_sso_provider_id_idx ON auth.saml_providers USING btree (sso_provider_id);
alter table auth.saml_providers enable row level security;

create table auth.saml_relay_states (
  id uuid not null,
  sso_provider_id uuid not null,
  request_id text not null,
  for_email text,
  redirect_to text,
  created_at timestamptz,
  updated_at timestamptz,
  flow_state_id uuid,
  PRIMARY KEY (id),
  CHECK ((char_length(request_id) > 0))
);
create index saml_relay_states_created_at_idx ON auth.saml_relay_states USING btree (created_at DESC);
create index saml_relay_states_for_email_idx ON auth.saml_relay_states USING btree (for_email);
create index saml_relay_states_sso_provider_id_idx ON auth.saml_relay_states USING btree (sso_provider_id);
alter table auth.saml_relay_states enable row level security;

create table auth.schema_migrations (
  version varchar(14) not null,
  PRIMARY KEY (version)
);
create unique index schema_migrations_version_idx ON auth.schema_migrations USING btree (version);
alter table auth.schema_migrations enable row level security;

create table auth.sessions (
  id uuid not null,
  user_id uuid not null,
  created_at timestamptz,
  updated_at timestamptz,
  factor_id uuid,
  aal auth.aal_level,
  not_after timestamptz,
  refreshed_at timestamp,
  user_agent text,
  ip inet,
  tag text,
  oauth_client_id uuid,
  refresh_token_hmac_key text,
  refresh_token_counter bigint,
  scopes text,
  PRIMARY KEY (id),
  CHECK ((char_length(scopes) <= 4096))
);
create index sessions_not_after_idx ON auth.sessions USING btree (not_after DESC);
create index sessions_oauth_client_id_idx ON auth.sessions USING btree (oauth_client_id);
create index sessions_user_id_idx ON auth.sessions USING btree (user_id);
create index user_id_created_at_idx ON auth.sessions USING btree (user_id, created_at);
alter table auth.sessions enable row level security;

create table auth.sso_domains (
  id uuid not null,
  sso_provider_id uuid not null,
  domain text not null,
  created_at timestamptz,
  updated_at timestamptz,
  PRIMARY KEY (id),
  CHECK ((char_length(domain) > 0))
);
create index sso_domains_sso_provider_id_idx ON auth.sso_domains USING btree (sso_provider_id);
create unique index sso_domains_domain_idx ON auth.sso_domains USING btree (lower(domain));
alter table auth.sso_domains enable row level security;

create table auth.sso_providers (
  id uuid not null,
  resource_id text,
  created_at timestamptz,
  updated_at timestamptz,
  disabled boolean,
  PRIMARY KEY (id),
  CHECK (((resource_id = NULL::text) OR (char_length(resource_id) > 0)))
);
create index sso_providers_resource_id_pattern_idx ON auth.sso_providers USING btree (resource_id text_pattern_ops);
create unique index sso_providers_resource_id_idx ON auth.sso_providers USING btree (lower(resource_id));
alter table auth.sso_providers enable row level security;

create table auth.users (
  instance_id uuid,
  id uuid not null,
  aud varchar(255),
  role varchar(255),
  email varchar(255),
  encrypted_password varchar(255),
  email_confirmed_at timestamptz,
  invited_at timestamptz,
  confirmation_token varchar(255),
  confirmation_sent_at timestamptz,
  recovery_token varchar(255),
  recovery_sent_at timestamptz,
  email_change_token_new varchar(255),
  email_change varchar(255),
  email_change_sent_at timestamptz,
  last_sign_in_at timestamptz,
  raw_app_meta_data jsonb,
  raw_user_meta_data jsonb,
  is_super_admin boolean,
  created_at timestamptz,
  updated_at timestamptz,
  phone text default NULL::character varying,
  phone_confirmed_at timestamptz,
  phone_change text default ''::character varying,
  phone_change_token varchar(255) default ''::character varying,
  phone_change_sent_at timestamptz,
  confirmed_at timestamptz generated always as (LEAST(email_confirmed_at, phone_confirmed_at)) stored,
  email_change_token_current varchar(255) default ''::character varying,
  email_change_confirm_status smallint default 0,
  banned_until timestamptz,
  reauthentication_token varchar(255) default ''::character varying,
  reauthentication_sent_at timestamptz,
  is_sso_user boolean not null default false,
  deleted_at timestamptz,
  is_anonymous boolean not null default false,
  UNIQUE (phone),
  PRIMARY KEY (id),
  CHECK (((email_change_confirm_status >= 0) AND (email_change_confirm_status <= 2)))
);
create index users_instance_id_email_idx ON auth.users USING btree (instance_id, lower((email)::text));
create index users_instance_id_idx ON auth.users USING btree (instance_id);
create index users_is_anonymous_idx ON auth.users USING btree (is_anonymous);
create unique index confirmation_token_idx ON auth.users USING btree (confirmation_token) WHERE ((confirmation_token)::text !~ '^[0-9 ]*$'::text);
create unique index email_change_token_current_idx ON auth.users USING btree (email_change_token_current) WHERE ((email_change_token_current)::text !~ '^[0-9 ]*$'::text);
create unique index email_change_token_new_idx ON auth.users USING btree (email_change_token_new) WHERE ((email_change_token_new)::text !~ '^[0-9 ]*$'::text);
create unique index reauthentication_token_idx ON auth.users USING btree (reauthentication_token) WHERE ((reauthentication_token)::text !~ '^[0-9 ]*$'::text);
create unique index recovery_token_idx ON auth.users USING btree (recovery_token) WHERE ((recovery_token)::text !~ '^[0-9 ]*$'::text);
create unique index users_email_partial_key ON auth.users USING btree (email) WHERE (is_sso_user = false);
alter table auth.users enable row level security;

create table auth.webauthn_challenges (
  id uuid not null default gen_random_uuid(),
  user_id uuid,
  challenge_type text not null,
  session_data jsonb not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  PRIMARY KEY (id),
  CHECK ((challenge_type = ANY (ARRAY['signup'::text, 'registration'::text, 'authentication'::text])))
);
create index webauthn_challenges_expires_at_idx ON auth.webauthn_challenges USING btree (expires_at);
create index webauthn_challenges_user_id_idx ON auth.webauthn_challenges USING btree (user_id);

create table auth.webauthn_credentials (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  attestation_type text not null default ''::text,
  aaguid uuid,
  sign_count bigint not null default 0,
  transports jsonb not null default '[]'::jsonb,
  backup_eligible boolean not null default false,
  backed_up boolean not null default false,
  friendly_name text not null default ''::text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  last_used_at timestamptz,
  PRIMARY KEY (id)
);
create index webauthn_credentials_user_id_idx ON auth.webauthn_credentials USING btree (user_id);
create unique index webauthn_credentials_credential_id_key ON auth.webauthn_credentials USING btree (credential_id);

alter table auth.identities add FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
alter table auth.mfa_amr_claims add FOREIGN KEY (session_id) REFERENCES auth.sessions(id) ON DELETE CASCADE;
alter table auth.mfa_challenges add FOREIGN KEY (factor_id) REFERENCES auth.mfa_factors(id) ON DELETE CASCADE;
alter table auth.mfa_factors add FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
alter table auth.oauth_authorizations add FOREIGN KEY (client_id) REFERENCES auth.oauth_clients(id) ON DELETE CASCADE;
alter table auth.oauth_authorizations add FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
alter table auth.oauth_consents add FOREIGN KEY (client_id) REFERENCES auth.oauth_clients(id) ON DELETE CASCADE;
alter table auth.oauth_consents add FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
alter table auth.one_time_tokens add FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
alter table auth.refresh_tokens add FOREIGN KEY (session_id) REFERENCES auth.sessions(id) ON DELETE CASCADE;
alter table auth.saml_providers add FOREIGN KEY (sso_provider_id) REFERENCES auth.sso_providers(id) ON DELETE CASCADE;
alter table auth.saml_relay_states add FOREIGN KEY (flow_state_id) REFERENCES auth.flow_state(id) ON DELETE CASCADE;
alter table auth.saml_relay_states add FOREIGN KEY (sso_provider_id) REFERENCES auth.sso_providers(id) ON DELETE CASCADE;
alter table auth.sessions add FOREIGN KEY (oauth_client_id) REFERENCES auth.oauth_clients(id) ON DELETE CASCADE;
alter table auth.sessions add FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
alter table auth.sso_domains add FOREIGN KEY (sso_provider_id) REFERENCES auth.sso_providers(id) ON DELETE CASCADE;
alter table auth.webauthn_challenges add FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
alter table auth.webauthn_credentials add FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

grant select on auth.audit_log_entries to postgres with grant option;
grant select on auth.flow_state to postgres with grant option;
grant select on auth.identities to postgres with grant option;
grant select on auth.instances to postgres with grant option;
grant select on auth.mfa_amr_claims to postgres with grant option;
grant select on auth.mfa_challenges to postgres with grant option;
grant select on auth.mfa_factors to postgres with grant option;
grant select on auth.one_time_tokens to postgres with grant option;
grant select on auth.refresh_tokens to postgres with grant option;
grant select on auth.saml_providers to postgres with grant option;
grant select on auth.saml_relay_states to postgres with grant option;
grant select on auth.schema_migrations to postgres with grant option;
grant select on auth.sessions to postgres with grant option;
grant select on auth.sso_domains to postgres with grant option;
grant select on auth.sso_providers to postgres with grant option;
grant select on auth.users to postgres with grant option;

create function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim', true), ''),
                  nullif(current_setting('request.jwt.claims', true), ''))::jsonb
$$;
create function auth.uid() returns uuid language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''),
                  nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
$$;
create function auth.role() returns text language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim.role', true), ''),
                  nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role')
$$;
create function auth.email() returns text language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim.email', true), ''),
                  nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email')
$$;
