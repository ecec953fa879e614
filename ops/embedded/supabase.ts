/** The embedded Supabase (auth and data) in a process of its own: opens the database, migrates, serves. */
import { serve } from '@hono/node-server';
import { App, setExperimental } from '@supabase/lite';
import type { Kysely } from 'kysely';
import path from 'node:path';
import { createAuthAdmin } from './auth-admin.js';
import { answerAsGoTrue } from './auth-answers.js';
import { createBanCheck } from './auth-ban.js';
import { withKnownVerification } from './auth-verify.js';
import { DatabaseError, openEmbeddedDatabase } from './database-opening.js';
import { asOneRequest } from './request-turns.js';
import { readSupabaseSettings } from './settings.js';
import { followSchemaReloads } from './schema-reload.js';
import { answerStorage, isStorageRequest } from './storage-answers.js';
import { createStorageFiles } from './storage-files.js';
import { migrate, prepareRoles } from './supabase-database.js';

const settings = readSupabaseSettings(process.env);
const { database, close } = await openEmbeddedDatabase(settings.dataDirectory, settings.databaseUrl).catch(
  (error: unknown) => {
    if (!(error instanceof DatabaseError)) throw error;
    console.error(error.message);
    process.exit(1);
  },
);
setExperimental('storage', true);
const minimumPasswordLength = 10;
const app = new App({
  connection: database,
  auth: {
    enabled: true,
    jwt_secret: settings.jwtSecret,
    jwt_expiry: settings.jwtExpirySeconds,
    enable_signup: true,
    publishable_key: settings.anonKey,
    secret_key: settings.serviceRoleKey,
    site_url: settings.appUrl,
    minimum_password_length: minimumPasswordLength,
    email: {
      enable_confirmations: settings.confirmEmail,
      // The link in the mail to the new address is enough.
      double_confirm_changes: false,
    },
  },
  storage: { enabled: true },
  // Mails come from the outbox of the api, with links of the Auth admin API.
  options: { server: { admin: false }, drivers: { email: { send: () => Promise.resolve() } } },
});
app._storageAdapter = await createStorageFiles(path.join(settings.dataDirectory, 'storage'));
await app.ensureSystemSchema();
await prepareRoles(database);
// In place of GoTrue and PostgREST in compose: there the migrations have a job of their own.
const leavesMigrations = process.argv.includes('--without-migrations');
const applied = leavesMigrations ? [] : await migrate(database, settings.migrationsDirectory);
if (leavesMigrations && settings.databaseUrl) {
  await followSchemaReloads(settings.databaseUrl, () => database.clearSchemaCache());
}

const authAdmin = createAuthAdmin({
  database,
  serviceRoleKey: settings.serviceRoleKey,
  siteUrl: settings.appUrl,
  minimumPasswordLength,
});
const refuseBanned = createBanCheck(database);
const { kysely } = database as unknown as { kysely: Kysely<unknown> };

/** The embedded server's answer, with what it lacks of Supabase Auth. */
const serveOnce = async (request: Request, peerAddress: string | null): Promise<Response> =>
  answerAsGoTrue(
    request,
    (await authAdmin(request.clone())) ??
      (await refuseBanned(
        request,
        await app.fetch(await withKnownVerification(request.clone()), { peerAddress }),
      )),
  );

const brokenConnection = /current transaction is aborted|invalid message format/;

const isBroken = async (answer: Response): Promise<boolean> =>
  answer.status === 500 && brokenConnection.test(await answer.clone().text());

/**
 * A value that PGlite cannot take (an integer for an array) leaves its one connection inside a failed transaction and
 * out of step with the protocol, and every request after it would fail. Ending the transaction heals it; the request
 * that met it is answered anew.
 */
const answer = async (request: Request, peerAddress: string | null): Promise<Response> => {
  // An upload is a stream and can be read once only.
  if (isStorageRequest(request)) return answerStorage(request, (each) => app.fetch(each, { peerAddress }));
  for (let heals = 0; ; heals += 1) {
    const given = await serveOnce(request, peerAddress);
    if (heals === 2 || !(await isBroken(given))) return given;
    // Between the transactions of other requests.
    await kysely.connection().execute(() => database.exec('rollback').catch(() => undefined));
  }
};

const server = serve(
  {
    port: settings.port,
    hostname: '127.0.0.1',
    fetch: (request, env) =>
      asOneRequest(() =>
        answer(request, 'incoming' in env ? (env.incoming.socket.remoteAddress ?? null) : null),
      ),
  },
  () => console.log(`supabase: listening on ${settings.port}, ${applied.length} migrations applied`),
);

const stop = (): void => {
  server.close();
  void close().finally(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
