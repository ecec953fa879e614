-- A mailed link is a way into an account. What makes an account safe again (a new password, another address, signing
-- out everywhere, deactivating it) must leave none open, and its owner hears of each change.

-- Links that were asked for before this are worth nothing: a mail that was being sent at that moment may still bring one.
alter table public.users add column links_valid_from timestamptz not null default '-infinity';

alter table public.mails drop constraint mails_kind_check;
alter table public.mails add constraint mails_kind_check check (kind in ('welcome', 'confirmation', 'password_reset',
  'email_change', 'invitation', 'enrolled', 'graded', 'account_changed'));

-- Takes back what waits outside the row of the account: GoTrue's own list of tokens, and mails that would make new ones.
create function app.discard_pending_links(person uuid, address text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- The embedded auth service has no such table.
  if to_regclass('auth.one_time_tokens') is not null then
    execute 'delete from auth.one_time_tokens where user_id = $1' using person;
  end if;
  update public.users set links_valid_from = clock_timestamp() where id = person;
  update public.mails m set state = 'discarded', data = '{}'
   where m.kind in ('email_change', 'password_reset') and m.state in ('queued', 'failed')
     and (m.user_id = person or (m.user_id is null and m.recipient = lower(address)));
end $$;

-- Whoever changes the password, the address or the state of an account, and however.
create function app.drop_pending_links() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform app.discard_pending_links(new.id, old.email);
  return jsonb_populate_record(new, '{"recovery_token": "", "email_change": "", "email_change_token_new": "",
    "email_change_token_current": "", "reauthentication_token": "", "email_change_confirm_status": 0}');
end $$;
create trigger users_drop_pending_links before update of encrypted_password, email, banned_until on auth.users
  for each row when (old.encrypted_password is distinct from new.encrypted_password
    or old.email is distinct from new.email
    or (new.banned_until is not null and old.banned_until is distinct from new.banned_until))
  execute function app.drop_pending_links();

-- For signing out everywhere, where nothing of the account itself changes.
create function public.close_pending_links(person uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update auth.users set recovery_token = '', email_change = '', email_change_token_new = '',
    email_change_token_current = '', reauthentication_token = '' where id = person;
  perform app.discard_pending_links(person, (select u.email from public.users u where u.id = person));
end $$;

-- Whether the link of this token was asked for after everything that closes links.
create function public.email_change_is_open(token text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from auth.users a
      join public.users u on u.id = a.id
      join public.mails m on m.user_id = u.id and m.kind = 'email_change' and m.recipient = lower(a.email_change)
     where token <> '' and a.email_change_token_new = token and m.created_at > u.links_valid_from)
$$;

-- Tells the owner of an account what was changed, at the address that they had before it.
create function app.mail_account_changed(person uuid, address text, change text, new_email text) returns void
language sql security definer set search_path = '' as $$
  select app.enqueue_mail('account_changed', address, u.full_name, u.organization_id, u.id,
      jsonb_strip_nulls(jsonb_build_object('change', change, 'newEmail', new_email, 'at', now())))
    from public.users u where u.id = person
$$;

create function app.mail_changed_credentials() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if old.email is distinct from new.email and old.email is not null then
    perform app.mail_account_changed(new.id, old.email, 'email', new.email);
  end if;
  -- The first password of an account is no change.
  if old.encrypted_password is distinct from new.encrypted_password and coalesce(old.encrypted_password, '') <> '' then
    perform app.mail_account_changed(new.id, old.email, 'password', null);
  end if;
  return null;
end $$;
create trigger users_mail_changed_credentials after update of encrypted_password, email on auth.users
  for each row execute function app.mail_changed_credentials();

create function app.mail_changed_factor() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  person uuid := coalesce(new.user_id, old.user_id);
  change text;
begin
  if tg_op = 'DELETE' then
    change := case when old.confirmed_at is not null then 'second_factor_off' end;
  elsif old.confirmed_at is null and new.confirmed_at is not null then
    change := 'second_factor_on';
  end if;
  if change is not null then
    perform app.mail_account_changed(person, u.email, change, null) from public.users u where u.id = person;
  end if;
  return null;
end $$;
create trigger second_factors_mail_changed after update of confirmed_at or delete on public.second_factors
  for each row execute function app.mail_changed_factor();

create or replace function public.replace_recovery_codes(origin jsonb, code_hashes text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare
  person uuid := (origin ->> 'actor')::uuid;
begin
  delete from public.recovery_codes where user_id = person;
  insert into public.recovery_codes (user_id, code_hash) select person, unnest(code_hashes);
  perform app.audit(origin, 'second_factor.replace_recovery_codes', 'user', person::text, null, null);
  perform app.mail_account_changed(person, u.email, 'recovery_codes', null) from public.users u where u.id = person;
end $$;

-- As before, and the present address hears of it while there is still time to object.
create or replace function public.ask_for_email_change(account uuid, address text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform app.enqueue_mail('email_change', address, u.full_name, u.organization_id, u.id,
                           jsonb_build_object('currentEmail', u.email))
     from public.users u where u.id = account;
  perform app.mail_account_changed(account, u.email, 'email_requested', lower(btrim(address)))
     from public.users u where u.id = account;
end $$;

-- A refresh token that the auth service refused is a stolen one or an old one. Its session ends, and so do the access
-- tokens that were made for it. Returns {userId, sessionId}, or null for a token of no session.
create function public.end_refused_session(token text) returns jsonb
language sql security definer set search_path = '' as $$
  delete from auth.sessions s
   where s.id = (select r.session_id from auth.refresh_tokens r where r.token = end_refused_session.token limit 1)
  returning jsonb_build_object('userId', s.user_id, 'sessionId', s.id)
$$;

revoke execute on function app.discard_pending_links(uuid, text), app.drop_pending_links(),
  app.mail_account_changed(uuid, text, text, text), app.mail_changed_credentials(), app.mail_changed_factor() from public;
revoke execute on function public.close_pending_links(uuid), public.email_change_is_open(text),
  public.end_refused_session(text) from public, anon, authenticated;
grant execute on function public.close_pending_links(uuid), public.email_change_is_open(text),
  public.end_refused_session(text) to service_role;
