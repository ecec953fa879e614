import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';

type Row = Record<string, unknown>;
/** An account as GoTrue makes it, and its first session. */
export interface GotruePerson {
  id: string;
  sessionId: string;
}

type Work = (sql: postgres.TransactionSql) => Promise<postgres.RowList<Row[]>>;

/** What GoTrue, people and our programs do to a Postgres, each as its own role. */
export const createActing = (connections: () => { gotrue: postgres.Sql; rest: postgres.Sql }) => {
  /** As PostgREST runs a request: in a transaction, as the role of its token. */
  const asRole = async (role: string, claims: object, work: Work): Promise<Row[]> => {
    const rows = await connections().rest.begin(async (sql) => {
      await sql.unsafe(`set local role ${role}`);
      await sql`select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true)`;
      return work(sql);
    });
    return [...(rows as Row[])];
  };
  const asPerson = ({ id, sessionId }: GotruePerson, work: Work) =>
    asRole('authenticated', { sub: id, role: 'authenticated', session_id: sessionId }, work);
  const asService = (work: Work) => asRole('service_role', { role: 'service_role' }, work);

  /**
   * What GoTrue writes for somebody new: the account, then its role, its confirmation and, from memory, the metadata that
   * it began with; then a session.
   */
  const signUp = async (email: string, metadata: object = {}): Promise<GotruePerson> => {
    const [id, sessionId] = [randomUUID(), randomUUID()];
    await connections().gotrue.begin(async (sql) => {
      await sql`
        insert into users (instance_id, id, aud, role, email, raw_app_meta_data, raw_user_meta_data, confirmation_token,
                           recovery_token, email_change_token_new, email_change, created_at, updated_at)
        values (${'00000000-0000-0000-0000-000000000000'}, ${id}, '', '', ${email},
                ${sql.json({ provider: 'email', providers: ['email'] })}, ${sql.json(metadata as never)}, '', '', '', '',
                now(), now())`;
      await sql`update users set role = 'authenticated' where id = ${id}`;
      await sql`update users set email_confirmed_at = now() where id = ${id}`;
      const kept = { ...metadata, email_verified: true };
      await sql`update users set raw_user_meta_data = ${sql.json(kept)} where id = ${id}`;
    });
    await openSession(id, sessionId);
    return { id, sessionId };
  };
  const openSession = async (userId: string, sessionId: string): Promise<void> => {
    await connections().gotrue`
      insert into sessions (id, user_id, created_at, updated_at, aal, refreshed_at)
      values (${sessionId}, ${userId}, now(), now(), 'aal1', now() at time zone 'utc')`;
    await connections().gotrue`
      insert into refresh_tokens (instance_id, token, user_id, revoked, created_at, updated_at, session_id)
      values (${randomUUID()}, ${randomUUID()}, ${userId}, false, now(), now(), ${sessionId})`;
  };
  return { asRole, asPerson, asService, signUp, openSession };
};
