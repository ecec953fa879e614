import type { LessonDetail } from '@coding-platform/api/schema/lessons';
import { Link } from '@remix-run/react';

type Neighbour = NonNullable<LessonDetail['next']>;

/** The lessons before and after this one. */
export function LessonNeighbours({ lesson }: { lesson: Pick<LessonDetail, 'course' | 'previous' | 'next'> }) {
  const { course, previous, next } = lesson;
  return (
    <nav aria-label="Lessons" className="mt-14 grid gap-4 sm:grid-cols-2">
      {previous ? (
        <NeighbourLink courseSlug={course.slug} lesson={previous} label="Previous lesson" />
      ) : (
        <span />
      )}
      {next ? <NeighbourLink courseSlug={course.slug} lesson={next} label="Next lesson" atEnd /> : null}
    </nav>
  );
}

function NeighbourLink(props: { courseSlug: string; lesson: Neighbour; label: string; atEnd?: boolean }) {
  const { courseSlug, lesson, label, atEnd } = props;
  return (
    <Link
      to={`/courses/${courseSlug}/lessons/${lesson.slug}`}
      className={`block rounded-md border border-line bg-surface px-4 py-3 hover:border-line-strong ${atEnd ? 'sm:text-right' : ''}`}
    >
      <span className="block text-sm text-muted">{label}</span>
      <span className="font-medium">{lesson.title}</span>
    </Link>
  );
}
