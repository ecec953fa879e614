import type { SubmissionSummary } from '@coding-platform/api/schema/submissions';
import { Link } from '@remix-run/react';
import { LocalTime } from './local-time';
import { VerdictBadge } from './verdict-badge';

/** Submissions, newest first, in a narrow column. */
export function SubmissionList({ submissions }: { submissions: SubmissionSummary[] }) {
  return (
    <ul className="divide-y divide-line">
      {submissions.map((submission) => (
        <li key={submission.id} className="relative py-3 hover:bg-sunken/60">
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <Link
              to={`/submissions/${submission.id}`}
              className="font-medium underline-offset-4 after:absolute after:inset-0 hover:underline"
            >
              {submission.problemTitle}
            </Link>
            <VerdictBadge status={submission.status} verdict={submission.verdict} />
          </div>
          <p className="mt-0.5 flex flex-wrap gap-x-2 text-sm text-muted">
            <LocalTime iso={submission.createdAt} />
            <span aria-hidden="true">·</span>
            <span>{submission.languageName}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}
