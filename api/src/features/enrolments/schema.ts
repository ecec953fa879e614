import { z } from 'zod';

export const enrolRequest = z
  .object({ code: z.string().trim().min(1, { error: 'Enter the code that your teacher gave you.' }).max(64) })
  .meta({ id: 'EnrolRequest' });

export const enrolment = z.object({ courseSlug: z.string() }).meta({ id: 'Enrolment' });
