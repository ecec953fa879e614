import { z } from 'zod';
import { lessonSummary } from '../lessons/schema.js';
import { problemSummary, slug } from '../problems/schema.js';

export const courseParams = z.object({ slug });

const courseFields = {
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  instructorName: z.string(),
  /** Learners learn in it; staff run it (their own course, or an admin's organization). */
  relation: z.enum(['learner', 'staff']),
  published: z.boolean(),
  problemsTotal: z.number().int(),
  problemsSolved: z.number().int(),
};

export const courseSummary = z.object(courseFields).meta({ id: 'CourseSummary' });
export type CourseSummary = z.infer<typeof courseSummary>;

export const courseList = z.object({ courses: z.array(courseSummary) }).meta({ id: 'CourseList' });

export const problemChoices = z
  .object({
    slug: z.string(),
    title: z.string(),
    problems: z.array(z.object({ slug: z.string(), title: z.string() })),
  })
  .meta({ id: 'ProblemChoices', description: 'A course and its problems by name, in order.' });
export type ProblemChoices = z.infer<typeof problemChoices>;

export const problemChoicesList = z
  .object({ courses: z.array(problemChoices) })
  .meta({ id: 'ProblemChoicesList' });

export const courseDetail = z
  .object({
    ...courseFields,
    enrolmentCode: z.string().nullable().meta({ description: 'For staff only.' }),
    lessons: z.array(lessonSummary),
    otherProblems: z.array(problemSummary).meta({ description: 'Problems that belong to no lesson.' }),
  })
  .meta({ id: 'CourseDetail' });
export type CourseDetail = z.infer<typeof courseDetail>;
