/** The few calls to Supabase that the seed needs. All throw an Error that names the call and the answer's text. */
export interface SupabaseRest {
  /** Rows of a table; `query` is PostgREST's, for example `slug=eq.demo&select=id`. */
  select<T>(table: string, query: string): Promise<T[]>;
  /** Inserts rows, or updates those whose primary key is there. */
  upsert(table: string, key: string, rows: object[]): Promise<void>;
  update(table: string, query: string, values: object): Promise<void>;
  remove(table: string, query: string): Promise<void>;
  /** Makes an account whose address counts as confirmed. Returns its id. */
  signUp(account: { email: string; password: string; fullName: string }): Promise<string>;
  canSignIn(email: string, password: string): Promise<boolean>;
}

interface Keys {
  url: string;
  anonKey: string;
  serviceRoleKey: string;
}

/** A signed key is proven by Authorization, which is all that GoTrue and PostgREST themselves read. */
const proofOf = (key: string): Record<string, string> =>
  key.startsWith('eyJ') ? { apikey: key, authorization: `Bearer ${key}` } : { apikey: key };

/** Calls with the service role's rights, except for a sign-in. */
export const connectSupabaseRest = ({ url, anonKey, serviceRoleKey }: Keys): SupabaseRest => {
  const call = async (method: string, address: string, body?: unknown, prefer = 'return=minimal') => {
    const proof = proofOf(address.startsWith('/auth/v1/token') ? anonKey : serviceRoleKey);
    return fetch(url + address, {
      method,
      headers: { ...proof, prefer, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  };
  const demand = async (...request: Parameters<typeof call>): Promise<Response> => {
    const answer = await call(...request);
    if (answer.ok) return answer;
    throw new Error(`${request[0]} ${request[1]}: ${answer.status} ${await answer.text()}`);
  };

  return {
    select: async <T>(table: string, query: string) =>
      (await (await demand('GET', `/rest/v1/${table}?${query}`)).json()) as T[],
    upsert: async (table, key, rows) => {
      const prefer = 'resolution=merge-duplicates,return=minimal';
      if (rows.length > 0) await demand('POST', `/rest/v1/${table}?on_conflict=${key}`, rows, prefer);
    },
    update: async (table, query, values) =>
      void (await demand('PATCH', `/rest/v1/${table}?${query}`, values)),
    remove: async (table, query) => void (await demand('DELETE', `/rest/v1/${table}?${query}`)),
    signUp: async ({ email, password, fullName }) => {
      // By the administration, since signing up is closed in a school's GoTrue.
      const answer = await demand('POST', '/auth/v1/admin/users', {
        email,
        password,
        email_confirm: true,
        user_metadata: { full_name: fullName },
      });
      return ((await answer.json()) as { id: string }).id;
    },
    canSignIn: async (email, password) =>
      (await call('POST', '/auth/v1/token?grant_type=password', { email, password })).ok,
  };
};
