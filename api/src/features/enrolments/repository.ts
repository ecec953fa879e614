import { dataOf, type Client } from '../../lib/supabase.js';

/** Enrols the caller by a course code; the course's slug, or null when no course has the code. */
export const enrolByCode = (client: Client, code: string): Promise<string | null> =>
  dataOf<string | null>(client.rpc('enrol_by_code', { code }));
