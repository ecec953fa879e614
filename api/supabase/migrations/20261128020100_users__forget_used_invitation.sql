-- GoTrue writes an account's metadata a second time from memory when it confirms the address, and so brought back the
-- token that create_profile() had taken out: each session's token then carried it along.
create function app.forget_invitation() returns trigger language plpgsql set search_path = '' as $$
begin
  new.raw_user_meta_data := new.raw_user_meta_data - 'invitation_token';
  return new;
end $$;
revoke execute on function app.forget_invitation() from public;

create trigger users_forget_invitation before update of raw_user_meta_data on auth.users
  for each row when (new.raw_user_meta_data ? 'invitation_token') execute function app.forget_invitation();

update auth.users set raw_user_meta_data = raw_user_meta_data - 'invitation_token'
 where raw_user_meta_data ? 'invitation_token';
