import { z } from 'zod';
import { courseSummary } from '../courses/schema.js';
import { problemSummary } from '../problems/schema.js';
import { submissionSummary } from '../submissions/schema.js';

export const dashboard = z
  .object({
    courses: z.array(courseSummary),
    next: z
      .object({
        course: z.object({ slug: z.string(), title: z.string() }),
        lesson: z.object({ slug: z.string(), title: z.string() }).nullable(),
        problem: problemSummary,
      })
      .nullable()
      .meta({ description: 'The first problem not solved yet of the course worked on last.' }),
    recentSubmissions: z.array(submissionSummary),
  })
  .meta({ id: 'Dashboard' });
export type Dashboard = z.infer<typeof dashboard>;
