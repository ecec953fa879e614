import { expect, test } from '@jest/globals';
import { courseSubmissionQueryOf } from './course-submission-query';

const of = (search: string) =>
  courseSubmissionQueryOf(`http://school.example/courses/a/submissions${search}`);
const cursor = '2026-01-01T10:00:00.000Z_6f1f2d1e-0000-4000-8000-000000000001';

test('the search, the filters and the page are read from the address', () => {
  expect(of(`?q=ada&problemSlug=sum-of-two&result=wrong_answer&before=${cursor}`)).toEqual({
    query: {
      q: 'ada',
      sort: '-createdAt',
      page: 1,
      filters: { problemSlug: 'sum-of-two', result: 'wrong_answer' },
    },
    before: cursor,
  });
});

test.each(['', '?result=perfect&problemSlug=No%20Slug&before=yesterday&page=7&sort=name'])(
  'what is not known counts as not set: %s',
  (search) => {
    expect(of(search)).toEqual({
      query: { q: '', sort: '-createdAt', page: 1, filters: { problemSlug: '', result: '' } },
      before: '',
    });
  },
);
