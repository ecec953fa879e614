import { dataOf, type Client } from '../../lib/supabase.js';

/** Resolves when the database answers and has our tables. */
export const pingDatabase = async (client: Client): Promise<void> => {
  await dataOf(client.from('organizations').select('id').limit(1));
};
