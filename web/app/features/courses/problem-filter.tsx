import { Form, useSubmit } from '@remix-run/react';
import { useId } from 'react';
import { Button } from '~/components/button';
import { useScripted } from '~/lib/use-scripted';

export interface ProblemChoices {
  courseTitle: string;
  problems: { slug: string; title: string }[];
}

/** A choice among the problems of all courses that shows at once what was chosen; without JavaScript a button does. */
export function ProblemFilter({ choices, current }: { choices: ProblemChoices[]; current: string }) {
  const id = useId();
  const submit = useSubmit();
  const scripted = useScripted();
  return (
    <Form method="get" className="flex flex-wrap items-end gap-3">
      <div className="min-w-0">
        <label htmlFor={id} className="mb-1 block text-sm font-medium">
          Problem
        </label>
        <select
          id={id}
          name="problemSlug"
          // A key, so that "Show all" and the back button change the choice, too.
          key={current}
          defaultValue={current}
          onChange={(event) => submit(event.currentTarget.form)}
          className="min-h-9 w-72 max-w-full rounded-md border border-line-strong bg-surface px-2 text-sm"
        >
          <option value="">All problems</option>
          {choices.map((course) => (
            <optgroup key={course.courseTitle} label={course.courseTitle}>
              {course.problems.map((problem) => (
                <option key={problem.slug} value={problem.slug}>
                  {problem.title}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      {scripted ? null : (
        <Button look="secondary" size="small">
          Show
        </Button>
      )}
    </Form>
  );
}
