/**
 * Writes down what a Supabase answers and which tables its services made: SUPABASE_URL, SUPABASE_ANON_KEY,
 * SUPABASE_SERVICE_ROLE_KEY and DATABASE_URL (a superuser's) say where it is, the one argument into which folder. Nothing
 * that opens anything is in the files. Ends with 1 when it breaks off.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { talkToAuth } from './auth-conversation.js';
import { createConversation } from './conversation.js';
import { talkToStorage } from './storage-conversation.js';
import { readTables } from './tables.js';

const setting = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
};

const folder = process.argv[2] ?? '.';
const write = (name: string, facts: unknown): void =>
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(facts, null, 2)}\n`);
for (const [name, talk] of Object.entries({ auth: talkToAuth, storage: talkToStorage })) {
  const conversation = createConversation({
    url: setting('SUPABASE_URL'),
    anonKey: setting('SUPABASE_ANON_KEY'),
    serviceRoleKey: setting('SUPABASE_SERVICE_ROLE_KEY'),
  });
  await talk(conversation);
  write(name, conversation.answers);
}
const sql = postgres(setting('DATABASE_URL'), { max: 1 });
write('tables', await readTables(sql));
await sql.end();
