import { z } from 'zod';
import { problemSummary, slug } from '../problems/schema.js';

export const lessonParams = z.object({ slug, lesson: slug });

export const lessonSummary = z
  .object({
    slug: z.string(),
    title: z.string(),
    position: z.number().int(),
    problems: z.array(problemSummary),
  })
  .meta({ id: 'LessonSummary' });
export type LessonSummary = z.infer<typeof lessonSummary>;

const neighbour = z.object({ slug: z.string(), title: z.string() }).nullable();

export const lessonDetail = z
  .object({
    slug: z.string(),
    title: z.string(),
    body: z.string().meta({ description: 'Markdown.' }),
    course: z.object({ slug: z.string(), title: z.string() }),
    problems: z.array(problemSummary),
    previous: neighbour,
    next: neighbour,
  })
  .meta({ id: 'LessonDetail' });
export type LessonDetail = z.infer<typeof lessonDetail>;
