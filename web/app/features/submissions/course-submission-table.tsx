import type { CourseDetail } from '@coding-platform/api/schema/courses';
import {
  submissionOutcome,
  type CourseSubmission,
  type CourseSubmissionList,
} from '@coding-platform/api/schema/submissions';
import { Link } from '@remix-run/react';
import { DataTable, type Column } from '~/components/data-table';
import { LocalTime } from '~/components/local-time';
import { VerdictBadge } from '~/components/verdict-badge';
import type { TableQuery } from '~/lib/table-query';
import { outcomeLabel } from '~/lib/verdict-words';

const ofTotal = ({ status }: CourseSubmission, reached: number, total: number) =>
  status === 'finished' ? `${reached} of ${total}` : '–';

const columns: readonly [Column<CourseSubmission>, ...Column<CourseSubmission>[]] = [
  {
    header: 'Learner',
    cell: ({ id, author, problemTitle }) => (
      <>
        <Link
          to={`/submissions/${id}`}
          className="font-medium break-words underline-offset-4 hover:underline"
        >
          {author?.fullName ?? 'Not in this course now'}
          <span className="sr-only">, {problemTitle}</span>
        </Link>
        {author ? <span className="block text-sm break-all text-muted">{author.email}</span> : null}
      </>
    ),
  },
  { header: 'Problem', cell: ({ problemTitle }) => problemTitle },
  {
    header: 'Result',
    cell: ({ status, verdict }) => <VerdictBadge status={status} verdict={verdict} />,
  },
  { header: 'Tests', align: 'end', cell: (row) => ofTotal(row, row.testsPassed, row.testsTotal) },
  { header: 'Points', align: 'end', cell: (row) => ofTotal(row, row.score, row.maxScore) },
  { header: 'Language', cell: ({ languageName }) => languageName },
  {
    header: 'Submitted',
    cell: ({ createdAt }) => <LocalTime iso={createdAt} className="text-muted" />,
  },
];

interface CourseSubmissionTableProps {
  course: CourseDetail;
  list: CourseSubmissionList;
  query: TableQuery;
}

/** The submissions of a course for its staff; each row leads to the submission with its code and all its tests. */
export function CourseSubmissionTable({ course, list, query }: CourseSubmissionTableProps) {
  const problems = [...course.lessons.flatMap((lesson) => lesson.problems), ...course.otherProblems];
  return (
    <DataTable
      caption="Submissions"
      columns={columns}
      rows={list.submissions}
      rowKey={({ id }) => id}
      query={query}
      pages={{ kind: 'older', nextBefore: list.nextBefore }}
      search="Name or email"
      filters={[
        {
          name: 'problemSlug',
          label: 'Problem',
          allLabel: 'All problems',
          options: problems.map(({ slug, title }) => ({ value: slug, label: title })),
        },
        {
          name: 'result',
          label: 'Result',
          allLabel: 'All results',
          options: submissionOutcome.options.map((value) => ({ value, label: outcomeLabel(value) })),
        },
      ]}
      empty={{
        title: 'No submissions yet',
        text: 'What learners of this course submit appears here with its verdict, code and test cases.',
      }}
    />
  );
}
