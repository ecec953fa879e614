-- What a name may hold, as features/auth/name-rule.ts says it: it stands in mails that carry the school's name. The
-- auth service takes a name from the client's own metadata, so the database says it, too.
create function app.is_plain_name(name text) returns boolean language sql immutable set search_path = '' as $$
  select name !~ '[\u0001-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]'
     and name !~* '[a-z][a-z0-9+.-]*://|[[:alnum:]-]\.[[:alpha:]-]{2,}'
$$;

-- The nearest text that is a plain name; null when nothing is left.
create function app.plain_name(name text) returns text language sql immutable set search_path = '' as $$
  select nullif(left(btrim(case when app.is_plain_name(name) then name
    else regexp_replace(regexp_replace(regexp_replace(replace(name, '://', ' '), '\s+', ' ', 'g'),
      '[\u0001-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]', '', 'g'),
      '\.(?=\S)', ' ', 'g') end), 200), '')
$$;

update public.users set full_name = coalesce(app.plain_name(full_name), 'Unnamed') where not app.is_plain_name(full_name);
alter table public.users add constraint users_plain_name check (app.is_plain_name(full_name));
update public.invitations set full_name = app.plain_name(full_name) where not app.is_plain_name(full_name);
alter table public.invitations add constraint invitations_plain_name check (app.is_plain_name(full_name));

-- Two names that people would take for the same.
create function app.folded_name(name text) returns text language sql immutable set search_path = '' as $$
  select lower(btrim(regexp_replace(normalize(name, nfkc), '\s+', ' ', 'g')))
$$;
create index users_folded_name on public.users (organization_id, app.folded_name(full_name));

-- A learner who has the name of someone of the staff is told apart from them wherever names are shown: "(learner)".
create function app.mark_shared_name() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  bare text := btrim(regexp_replace(new.full_name, '( \(learner\))+$', ''));
begin
  if bare = '' then
    return new;
  end if;
  if new.role <> 'student' then
    new.full_name := bare;
  elsif exists (select 1 from public.users u
                 where u.organization_id = new.organization_id and u.id <> new.id and u.role <> 'student'
                   and app.folded_name(u.full_name) = app.folded_name(bare)) then
    new.full_name := left(bare, 190) || ' (learner)';
  end if;
  return new;
end $$;
create trigger users_mark_shared_name before insert or update of full_name, role, organization_id on public.users
  for each row execute function app.mark_shared_name();

create function app.mark_learners_of_name() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  -- The trigger before marks them.
  update public.users u set full_name = u.full_name
   where u.organization_id = new.organization_id and u.role = 'student' and u.id <> new.id
     and app.folded_name(u.full_name) = app.folded_name(new.full_name);
  return null;
end $$;
create trigger users_mark_learners_of_name after insert or update of full_name, role, organization_id on public.users
  for each row when (new.role <> 'student') execute function app.mark_learners_of_name();
update public.users set full_name = full_name where role = 'student';

-- An organization is changed by update_organization only, which writes to the audit log.
drop policy organizations_admin on public.organizations;
revoke update on public.organizations from authenticated;
revoke update (name) on public.organizations from authenticated;

-- Whether a sign-in with this address can succeed with the right password. Asked before each one, so that one that
-- cannot is tried with the decoy in its place and takes as long.
create function public.can_sign_in(address text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from auth.users a
                  where a.email = lower(btrim(address)) and a.is_sso_user = false
                    and coalesce(a.encrypted_password, '') <> ''
                    and (a.banned_until is null or a.banned_until <= now()))
$$;

create function app.role_rank(role text) returns integer language sql immutable set search_path = '' as $$
  select case role when 'student' then 1 when 'instructor' then 2 when 'admin' then 3 end
$$;

-- Gives a person what an open invitation promises. Somebody of another organization comes over when nothing holds them
-- there. False when they cannot.
create function app.take_invitation(person uuid, invitation public.invitations) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  old public.users;
begin
  select * into old from public.users u where u.id = person for update;
  if old.organization_id <> invitation.organization_id then
    if old.role <> 'student'
      or exists (select 1 from public.enrolments e where e.user_id = person)
      or exists (select 1 from public.submissions s where s.user_id = person)
      or exists (select 1 from public.files f where f.owner_id = person) then
      return false;
    end if;
  end if;
  update public.users u
     set organization_id = invitation.organization_id,
         role = case when app.role_rank(invitation.role) > app.role_rank(u.role) then invitation.role else u.role end
   where u.id = person;
  update public.invitations set accepted_at = now() where id = invitation.id;
  if invitation.course_id is not null then
    insert into public.enrolments (course_id, user_id, organization_id)
    values (invitation.course_id, person, invitation.organization_id) on conflict do nothing;
  end if;
  perform app.audit(jsonb_build_object('actor', person), 'invitation.accept', 'invitation', invitation.id::text, null,
    jsonb_build_object('email', invitation.email, 'role', invitation.role));
  return true;
end $$;

-- Merges the open invitations of somebody who registered without their link. Only an address that is proven brings a
-- role of the staff: anybody may register with an address that was invited.
create function app.merge_invitations(person uuid, address text, proven boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  invitation public.invitations;
begin
  for invitation in
    select i.* from public.invitations i
     where i.email = lower(btrim(address)) and app.invitation_state(i) = 'open' and (proven or i.role = 'student')
     order by i.created_at for update
  loop
    perform app.take_invitation(person, invitation);
  end loop;
end $$;

-- By the link of the invitation, for an account that is there. accepted; elsewhere when the account stays with another
-- organization; null when the invitation is not open, or for another address.
create function public.accept_invitation(person uuid, token text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  invitation public.invitations;
begin
  select i.* into invitation from public.invitations i join public.users u on lower(u.email) = i.email and u.id = person
   where i.token_hash = encode(sha256(convert_to(token, 'UTF8')), 'hex') and app.invitation_state(i) = 'open' for update of i;
  if invitation.id is null then
    return null;
  end if;
  return case when app.take_invitation(person, invitation) then 'accepted' else 'elsewhere' end;
end $$;

create or replace function app.create_profile() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  metadata jsonb := coalesce(new.raw_user_meta_data, '{}');
  given_name text := app.plain_name(metadata ->> 'full_name');
  invitation public.invitations;
  target record;
begin
  -- The account that sign-ins with unknown addresses are tried with; it is nobody's.
  if new.email = 'nobody@decoy.invalid' then
    return new;
  end if;
  if metadata ? 'invitation_token' then
    update public.invitations i set accepted_at = now()
     where i.token_hash = encode(sha256(convert_to(metadata ->> 'invitation_token', 'UTF8')), 'hex')
       and i.email = lower(new.email) and app.invitation_state(i) = 'open'
    returning * into invitation;
    if invitation.id is null then
      raise exception 'invitation_invalid' using errcode = 'check_violation';
    end if;
    select invitation.organization_id, invitation.course_id, null::text as refusal into target;
    -- It is used up, and every token of a session would carry it along.
    update auth.users set raw_user_meta_data = raw_user_meta_data - 'invitation_token' where id = new.id;
  else
    select * into target from app.registration_target(metadata ->> 'enrolment_code');
    if target.organization_id is null then
      raise exception 'no organization exists yet' using hint = 'Seed or set up the school first.';
    end if;
    if target.refusal is not null then
      raise exception '%', target.refusal using errcode = 'check_violation';
    end if;
  end if;
  insert into public.users (id, organization_id, role, full_name, email)
  values (new.id, target.organization_id, coalesce(invitation.role, 'student'),
    coalesce(given_name, invitation.full_name, app.plain_name(split_part(new.email, '@', 1)), 'Unnamed'), new.email);
  if target.course_id is not null then
    insert into public.enrolments (course_id, user_id, organization_id)
    values (target.course_id, new.id, target.organization_id);
  end if;
  if invitation.id is not null then
    perform app.audit(jsonb_build_object('actor', new.id), 'invitation.accept', 'invitation', invitation.id::text, null,
      jsonb_build_object('email', invitation.email, 'role', invitation.role));
  elsif new.email_confirmed_at is not null then
    perform app.merge_invitations(new.id, new.email, false);
  end if;
  return new;
end $$;

-- The auth service confirms an address that nobody proved in the transaction that makes the account; a link comes later.
create function app.merge_on_confirmation() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform app.merge_invitations(u.id, u.email, u.created_at <> now()) from public.users u where u.id = new.id;
  return null;
end $$;
create trigger users_merge_on_confirmation after update of email_confirmed_at on auth.users
  for each row when (old.email_confirmed_at is null and new.email_confirmed_at is not null)
  execute function app.merge_on_confirmation();

-- What is known of addresses before they are invited: member of this organization, or invited. That an address has an
-- account elsewhere is nobody's business here: it is invited like any other, and its owner reads what follows.
create or replace function public.known_addresses(organization uuid, addresses text[]) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_object_agg(k.email, k.state), '{}') from (
    select i.email, 'invited' as state from public.invitations i
     where i.organization_id = organization and i.email = any (addresses) and app.invitation_state(i) = 'open'
       and not exists (select 1 from public.users u where u.organization_id = organization and lower(u.email) = i.email)
    union all
    select lower(u.email), 'member'
      from public.users u where u.organization_id = organization and lower(u.email) = any (addresses)) k
$$;

revoke execute on function app.is_plain_name(text), app.plain_name(text), app.folded_name(text), app.role_rank(text),
  app.mark_shared_name(), app.mark_learners_of_name(), app.take_invitation(uuid, public.invitations),
  app.merge_invitations(uuid, text, boolean), app.merge_on_confirmation() from public;
-- Checks and the index run these as whoever writes the row.
grant execute on function app.is_plain_name(text), app.folded_name(text) to authenticated, service_role;
revoke execute on function public.can_sign_in(text), public.accept_invitation(uuid, text) from public, anon, authenticated;
grant execute on function public.can_sign_in(text), public.accept_invitation(uuid, text) to service_role;
