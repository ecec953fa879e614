/** Every table by every verb, as people whose session gives no rights: nothing is found, written or told. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { dataOf, type Client } from '../src/lib/supabase.js';
import { createCast, parts, type Cast, type Part } from '../test/cast.js';
import { rowNow, targets, tryVerb, verbs } from '../test/policy-tries.js';
import { walk, type Target, type Verb } from '../test/policy-walk.js';
import { supabase, testPassword, type Person } from '../test/world.js';

type SignedIn = Exclude<Part, 'anonymous'>;
const people = parts.filter((part) => part !== 'anonymous') as SignedIn[];

/** How a session came to be worth nothing; `begin` makes it so and `end` takes it back, for everyone of the cast. */
interface State {
  clients: Record<SignedIn, Client>;
  begin: () => Promise<void>;
  end: () => Promise<void>;
}

let cast: Cast;
let states: Record<'ended' | 'half' | 'deactivated', State>;

const sessionIdOf = (token: string): string => decodeJwt<{ session_id: string }>(token).session_id;
const nothing = () => Promise.resolve();
const everyone = (): Person[] => people.map((part) => cast.people[part]);

const clientsBy = async (tokenOf: (person: Person) => Promise<string>): Promise<Record<SignedIn, Client>> => {
  const made: Partial<Record<SignedIn, Client>> = {};
  for (const part of people) made[part] = supabase.forUser(await tokenOf(cast.people[part]));
  return made as Record<SignedIn, Client>;
};

const signInAgain = async ({ email }: Person): Promise<string> => {
  const { data, error } = await supabase
    .anonymous()
    .auth.signInWithPassword({ email, password: testPassword });
  if (error) throw error;
  return data.session.access_token;
};

const endedSession = async (person: Person): Promise<string> => {
  const token = await signInAgain(person);
  const ended = supabase.service.rpc('end_session', { person: person.id, session: sessionIdOf(token) });
  expect(await dataOf(ended)).toBe(true);
  return token;
};

const setDeactivated = async (at: string | null): Promise<void> => {
  const ids = everyone().map(({ id }) => id);
  await dataOf(supabase.service.from('users').update({ deactivated_at: at }).in('id', ids).select('id'));
};

/** Everyone has a second factor now; the sessions that make rows have passed it, those of `half` have not. */
const addFactors = async (): Promise<void> => {
  const confirmed = new Date().toISOString();
  for (const { id, accessToken } of everyone()) {
    const factor = { user_id: id, sealed_secret: 'x', confirmed_at: confirmed };
    await dataOf(supabase.service.from('second_factors').upsert(factor).select('user_id'));
    const passed = { session_id: sessionIdOf(accessToken), user_id: id, second_factor_at: confirmed };
    await dataOf(supabase.service.from('sign_ins').upsert(passed).select('user_id'));
  }
};
const removeFactors = async (): Promise<void> => {
  const ids = everyone().map(({ id }) => id);
  await dataOf(supabase.service.from('second_factors').delete().in('user_id', ids).select('user_id'));
};

beforeAll(async () => {
  cast = await createCast();
  states = {
    ended: { clients: await clientsBy(endedSession), begin: nothing, end: nothing },
    half: { clients: await clientsBy(signInAgain), begin: addFactors, end: removeFactors },
    deactivated: {
      clients: await clientsBy((person) => Promise.resolve(person.accessToken)),
      begin: () => setDeactivated(new Date().toISOString()),
      end: () => setDeactivated(null),
    },
  };
}, 120_000);

const kinds = ['ended', 'half', 'deactivated'] as const;

/** One cell of the walk: what a live session of `part` does or does not find is tried with another one. */
interface Cell {
  target: Target;
  verb: Verb;
  row: Record<string, unknown>;
  tried: Part[];
}

// Where a grant is missing there is nothing to lose; policies.test.ts holds those.
const triedBy = (target: Target, verb: Verb): SignedIn[] =>
  people.filter((part) => walk[target][verb][parts.indexOf(part)] !== 'x');

const makeCells = async (): Promise<Cell[]> => {
  const cells: Cell[] = [];
  for (const target of targets) {
    for (const verb of verbs) {
      const tried = triedBy(target, verb);
      const make = verb === 'insert' ? cast.rows[target] : cast.targets[target];
      if (tried.length > 0) cells.push({ target, verb, tried, row: await make() });
    }
  }
  return cells;
};

describe.each(kinds)('a session that is %s', (kind) => {
  test('does nothing to any table', async () => {
    const { clients, begin, end } = states[kind];
    const cells = await makeCells();
    await begin();
    const done: [string, Part, string][] = [];
    try {
      for (const { target, verb, row, tried } of cells) {
        const before = await rowNow(target, row);
        for (const part of tried as SignedIn[]) {
          const outcome = await tryVerb(clients[part], verb, target, row);
          if (outcome !== 'x' && outcome !== '-') done.push([`${verb} ${target}`, part, outcome]);
        }
        if ((await rowNow(target, row)) !== before) done.push([`${verb} ${target}`, 'anonymous', 'changed']);
      }
    } finally {
      await end();
    }
    // So many cells let someone with a live session do something: the walk is no walk over nothing.
    expect(cells.length).toBeGreaterThan(30);
    expect(done).toEqual([]);
  }, 300_000);

  test('is told nothing by a function', async () => {
    const { clients, begin, end } = states[kind];
    const code = cast.world.course.enrolment_code;
    await begin();
    try {
      for (const part of people) {
        const client = clients[part];
        const told = {
          enrol: await client.rpc('enrol_by_code', { code }),
          codes: await client.rpc('enrolment_codes'),
          actions: await client.rpc('audit_actions'),
          audit: await client.rpc('list_audit', {
            search: '',
            only_action: '',
            only_actor: null,
            only_target: '',
            since: null,
            until: null,
            before_id: null,
            take: 10,
          }),
        };
        const data = Object.entries(told).map(([name, answer]) => [
          part,
          name,
          answer.error?.code ?? answer.data,
        ]);
        expect(data.filter(([, , value]) => JSON.stringify(value) !== '[]' && value !== null)).toEqual([]);
      }
    } finally {
      await end();
    }
  });

  test('reads of itself no more than it needs', async () => {
    const { clients, begin, end } = states[kind];
    await begin();
    try {
      for (const part of people) {
        const identity = await dataOf<Record<string, unknown>>(clients[part].rpc('my_identity'));
        if (kind === 'half')
          expect(identity).toMatchObject({ id: cast.people[part].id, secondFactor: 'required' });
        else expect(Object.keys(identity).sort()).toEqual(['deactivated', 'sessionEnded']);
      }
    } finally {
      await end();
    }
  });
});

test('each of these people can do something with a session that is whole', async () => {
  for (const part of people) {
    const { data } = await cast.clients[part].from('users').select('id').eq('id', cast.people[part].id);
    expect([part, data]).toEqual([part, [{ id: cast.people[part].id }]]);
  }
});
