import { courseSubmissionQuery, submissionOutcome } from '@coding-platform/api/schema/submissions';
import { readTableQuery, type TableQuery } from '~/lib/table-query';

const { problemSlug, before } = courseSubmissionQuery.shape;

/** What the address of a course's submissions asks for. What the api would refuse counts as not set. */
export function courseSubmissionQueryOf(url: string): { query: TableQuery; before: string } {
  const read = readTableQuery(url, {
    sorts: ['-createdAt'],
    filters: { problemSlug: null, result: submissionOutcome.options },
  });
  const filters = { ...read.filters };
  if (!problemSlug.safeParse(filters['problemSlug']).success) filters['problemSlug'] = '';
  const cursor = before.safeParse(new URL(url).searchParams.get('before') ?? undefined);
  return { query: { ...read, page: 1, filters }, before: cursor.data ?? '' };
}
