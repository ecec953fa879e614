-- What the hidden tests of a submission read and expect, the first 64 Ki characters of each. It runs with the rights of the
-- caller: row-level security gives hidden tests to the staff of the course only. A test that was changed after the verdict
-- is left out, since it is not what the program was judged by.
create function public.hidden_tests_of(submission uuid)
returns table (test_position integer, stdin text, expected_output text)
language sql stable set search_path = '' as $$
  select t.position, left(t.stdin, 65536), left(t.expected_output, 65536)
    from public.submissions s join public.problem_tests t on t.problem_id = s.problem_id
   where s.id = submission and not t.sample and t.updated_at <= coalesce(s.finished_at, now())
$$;
revoke execute on function public.hidden_tests_of(uuid) from public, anon;
grant execute on function public.hidden_tests_of(uuid) to authenticated;
