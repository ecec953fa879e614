import type { SubmissionDetail } from '@coding-platform/api/schema/submissions';
import { LocalTime } from '~/components/local-time';

/** Language, time and, for staff, whose it is. */
export function SubmissionFacts({
  submission,
  withAuthor,
}: {
  submission: SubmissionDetail;
  withAuthor: boolean;
}) {
  return (
    <>
      {withAuthor && <>By {submission.authorName}, in </>}
      {submission.languageName}, <LocalTime iso={submission.createdAt} />
    </>
  );
}
