import type { SubmissionSummary } from '@coding-platform/api/schema/submissions';
import { Link } from '@remix-run/react';
import { Button } from '~/components/button';
import { LocalTime } from '~/components/local-time';
import { VerdictBadge } from '~/components/verdict-badge';

interface HistoryListProps {
  problemSlug: string;
  submissions: SubmissionSummary[];
  /** Shows an older page; null when there is none. */
  onMore: (() => void) | null;
  /** Opens one beside the editor; without it, and without script, the link goes to the submission's own page. */
  onOpen?: (id: string) => void;
}

function Row({ submission, onOpen }: { submission: SubmissionSummary; onOpen: HistoryListProps['onOpen'] }) {
  const time = <LocalTime iso={submission.createdAt} />;
  return (
    <tr className="border-t border-line">
      <td className="py-2 pr-2 pl-4">
        <input
          type="checkbox"
          name="id"
          value={submission.id}
          aria-label={`Compare the submission of ${submission.createdAt}`}
          className="size-4 accent-accent"
        />
      </td>
      <td className="py-2 pr-3">
        <VerdictBadge verdict={submission.verdict} status={submission.status} />
      </td>
      <td className="py-2 pr-3 tabular-nums">
        {submission.score}/{submission.maxScore}
      </td>
      <td className="hidden py-2 pr-3 text-muted sm:table-cell">{submission.languageName}</td>
      <td className="py-2 pr-4">
        <Link
          to={`/submissions/${submission.id}`}
          className="link"
          onClick={(event) => {
            if (!onOpen || event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(submission.id);
          }}
        >
          {time}
        </Link>
      </td>
    </tr>
  );
}

/** Every own submission of one problem. Two of them can be compared, also without script. */
export function HistoryList({ problemSlug, submissions, onMore, onOpen }: HistoryListProps) {
  if (submissions.length === 0) {
    return (
      <p className="px-4 py-6 text-sm text-muted">
        Nothing submitted yet. Each submission is kept here with its code, its verdict and its points.
      </p>
    );
  }
  return (
    <form action="/submissions/compare" className="pb-4">
      <input type="hidden" name="problem" value={problemSlug} />
      <div className="overflow-x-auto">
        <table className="w-full text-sm">
          <caption className="sr-only">My submissions of this problem, newest first</caption>
          <thead className="text-left text-xs text-muted">
            <tr>
              <th className="py-2 pl-4 font-medium">
                <span className="sr-only">Compare</span>
              </th>
              <th className="py-2 pr-3 font-medium">Verdict</th>
              <th className="py-2 pr-3 font-medium">Points</th>
              <th className="hidden py-2 pr-3 font-medium sm:table-cell">Language</th>
              <th className="py-2 font-medium">Time</th>
            </tr>
          </thead>
          <tbody>
            {submissions.map((submission) => (
              <Row key={submission.id} submission={submission} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-3 px-4">
        {submissions.length > 1 && (
          <>
            <Button look="secondary" size="small">
              Compare two
            </Button>
            <span className="text-xs text-muted">Tick two submissions first.</span>
          </>
        )}
        {onMore && (
          <Button type="button" look="quiet" size="small" onClick={onMore} className="ml-auto">
            Show older
          </Button>
        )}
      </div>
    </form>
  );
}
