import type { SubmissionSummary } from '@coding-platform/api/schema/submissions';
import { Link } from '@remix-run/react';
import { LocalTime } from './local-time';
import { VerdictBadge } from './verdict-badge';

/** Submissions, newest first, with all that a row has room for; a phone shows the problem, its time and its verdict. */
export function SubmissionTable({ submissions }: { submissions: SubmissionSummary[] }) {
  return (
    <table className="w-full text-left">
      <thead className="border-b border-line-strong text-sm text-muted">
        <tr>
          <th className="py-2 font-medium">Problem</th>
          <th className="py-2 pl-4 font-medium">Verdict</th>
          <th className="hidden py-2 pl-6 text-right font-medium sm:table-cell">Tests</th>
          <th className="hidden py-2 pl-6 text-right font-medium sm:table-cell">Points</th>
          <th className="hidden py-2 pl-8 font-medium md:table-cell">Language</th>
          <th className="hidden py-2 pl-6 font-medium md:table-cell">Submitted</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {submissions.map((submission) => (
          <Row key={submission.id} submission={submission} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ submission }: { submission: SubmissionSummary }) {
  const { testsPassed, testsTotal, score, maxScore } = submission;
  const judged = submission.status === 'finished';
  return (
    <tr className="hover:bg-sunken/60">
      <td className="py-3">
        <Link to={`/submissions/${submission.id}`} className="font-medium underline-offset-4 hover:underline">
          {submission.problemTitle}
        </Link>
        <LocalTime iso={submission.createdAt} className="block text-sm text-muted md:hidden" />
      </td>
      <td className="py-3 pl-4">
        <VerdictBadge status={submission.status} verdict={submission.verdict} />
      </td>
      <td className="hidden py-3 pl-6 text-right text-sm tabular-nums sm:table-cell">
        {judged ? `${testsPassed} of ${testsTotal}` : '–'}
      </td>
      <td className="hidden py-3 pl-6 text-right text-sm tabular-nums sm:table-cell">
        {judged ? `${score} of ${maxScore}` : '–'}
      </td>
      <td className="hidden py-3 pl-8 text-sm md:table-cell">{submission.languageName}</td>
      <td className="hidden py-3 pl-6 text-sm whitespace-nowrap text-muted md:table-cell">
        <LocalTime iso={submission.createdAt} />
      </td>
    </tr>
  );
}
