import { userEndpoint } from '../../http/endpoint.js';
import { AppError } from '../../lib/app-error.js';
import type { Supabase } from '../../lib/supabase.js';
import { enrolByCode } from './repository.js';
import { enrolment, enrolRequest } from './schema.js';

/** Enrolments. */
export const enrolmentRoutes = ({ supabase }: { supabase: Supabase }) => ({
  create: userEndpoint(
    {
      summary: 'Join a course by its code; joining twice does no harm',
      tag: 'Learning',
      limit: 'write',
      body: enrolRequest,
      responses: { 201: enrolment },
    },
    async ({ caller, body }) => {
      const courseSlug = await enrolByCode(supabase.forUser(caller.accessToken), body.code);
      if (courseSlug === null) {
        throw new AppError('unknown_enrolment_code', 'No course has this code. Check it with your teacher.', {
          errors: [{ path: 'code', message: 'No course has this code.' }],
        });
      }
      return { status: 201, body: { courseSlug } };
    },
  ),
});
