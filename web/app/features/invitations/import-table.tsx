import type { ImportOutcome, ImportReport } from '@coding-platform/api/schema/invitations';
import { Badge } from '~/components/badge';
import { counted, roleWords } from '~/lib/role-words';
import type { Tone } from '~/lib/verdict-words';

const words: Record<ImportOutcome, { before: string; after: string; tone: Tone }> = {
  invite: { before: 'Will be invited', after: 'Invited', tone: 'good' },
  invited: { before: 'Invited already', after: 'Invited already', tone: 'neutral' },
  member: { before: 'Is here already', after: 'Is here already', tone: 'neutral' },
  duplicate: { before: 'Twice in the list', after: 'Twice in the list', tone: 'warn' },
  invalid: { before: 'Not right', after: 'Not right', tone: 'bad' },
};

/** What a browser shows without a pause; the rows that need a look come first. */
const shownMost = 500;

/** The report on a list in numbers: "3 will be invited, 1 is not right". */
export const summaryOf = ({ counts, dryRun }: ImportReport): string => {
  const { invite, invited, member, duplicate, invalid } = counts;
  const skipped = invited + member + duplicate;
  return [
    `${counted(invite, 'person', 'people')} ${dryRun ? 'will be' : invite === 1 ? 'was' : 'were'} invited`,
    skipped > 0 ? `${counted(skipped, 'row is', 'rows are')} passed over` : null,
    invalid > 0 ? `${counted(invalid, 'row is', 'rows are')} not right` : null,
  ]
    .filter(Boolean)
    .join(', ');
};

/** Row by row what will become, or became, of a list. Rows that are not right come first. */
export function ImportTable({ report }: { report: ImportReport }) {
  const wrongFirst = [...report.rows].sort(
    (one, other) =>
      Number(other.problems.length > 0) - Number(one.problems.length > 0) || one.line - other.line,
  );
  const shown = wrongFirst.slice(0, shownMost);
  return (
    <>
      {/* Focusable, so that the keyboard can scroll it. */}
      <div
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label="Rows of the list"
        className="max-h-128 overflow-auto border-y border-line"
      >
        <table className="w-full text-left text-sm">
          <thead className="border-b border-line-strong text-muted">
            <tr>
              <th className="py-2 pr-4 text-right font-medium">Line</th>
              <th className="py-2 pr-4 font-medium">E-mail</th>
              <th className="hidden py-2 pr-4 font-medium sm:table-cell">Name</th>
              <th className="hidden py-2 pr-4 font-medium sm:table-cell">Role</th>
              <th className="py-2 font-medium">What happens</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {shown.map((row) => (
              <tr key={row.line}>
                <td className="py-2 pr-4 text-right align-top tabular-nums">{row.line}</td>
                <td className="py-2 pr-4 align-top break-all">{row.email || '–'}</td>
                <td className="hidden py-2 pr-4 align-top sm:table-cell">{row.fullName || '–'}</td>
                <td className="hidden py-2 pr-4 align-top sm:table-cell">
                  {row.role ? roleWords[row.role] : '–'}
                  {row.course ? <span className="block text-muted">in {row.course}</span> : null}
                </td>
                <td className="py-2 align-top">
                  <Badge tone={words[row.outcome].tone}>
                    {report.dryRun ? words[row.outcome].before : words[row.outcome].after}
                  </Badge>
                  {row.problems.map((problem) => (
                    <span key={problem} className="mt-1 block">
                      {problem}
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < report.rows.length ? (
        <p className="mt-2 text-sm text-muted">
          {counted(report.rows.length - shown.length, 'more row is', 'more rows are')} not shown.
        </p>
      ) : null}
    </>
  );
}
