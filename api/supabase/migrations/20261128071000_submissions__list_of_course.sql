-- Submissions of a course with their authors, newest first. It runs with the rights of the caller: row-level security
-- shows all of them to the staff of the course, and to anyone else their own. An author whom the caller may not know, as
-- one who left the course, is null. An empty text filters nothing; only_result is a verdict, or where one without a
-- verdict is. The search takes a part of the author's name or address as it stands, without wildcards.
create function public.submissions_of_course(course uuid, search text, only_problem text, only_result text,
                                             before_time timestamptz, before_id uuid, take integer)
returns table (id uuid, language_id integer, status text, verdict text, score integer, max_score integer,
               tests_passed integer, tests_total integer, created_at timestamptz, finished_at timestamptz,
               problem_slug text, problem_title text, author_name text, author_email text)
language sql stable set search_path = '' as $$
  select s.id, s.language_id, s.status, s.verdict, s.score, s.max_score, s.tests_passed, s.tests_total, s.created_at,
         s.finished_at, p.slug, p.title, u.full_name, u.email
    from public.submissions s
    join public.problems p on p.id = s.problem_id
    left join public.users u on u.id = s.user_id
   where s.course_id = course
     and (only_problem = '' or p.slug = only_problem)
     and (only_result = '' or coalesce(s.verdict, s.status) = only_result)
     and (search = '' or strpos(lower(u.full_name), lower(search)) > 0 or strpos(lower(u.email), lower(search)) > 0)
     and (before_time is null or (s.created_at, s.id) < (before_time, before_id))
   order by s.created_at desc, s.id desc
   limit take
$$;
revoke execute on function public.submissions_of_course(uuid, text, text, text, timestamptz, uuid, integer)
  from public, anon;
grant execute on function public.submissions_of_course(uuid, text, text, text, timestamptz, uuid, integer)
  to authenticated;
