import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadDemoSchool } from '../demo-school/load.js';
import { failWhenItDies, startChild, waitUntilHealthy } from '../embedded/child-process.js';
import { seedDemoSchool } from '../embedded/seed.js';
import { connectSupabaseRest } from '../embedded/supabase-rest.js';
import { freePort, startRedis, startSupabase, type TestSupabase } from '../embedded/test-stack.js';
import type { Learner } from './mix.js';

// More than any run sends; the buckets stay full.
const unlimited = '100000/1m burst 100000';

/** Signs a learner up into the course and gives them one submission that was judged long ago. */
const createLearner = async (supabase: TestSupabase, code: string, problemId: string): Promise<Learner> => {
  const answer = await fetch(`${supabase.url}/auth/v1/signup`, {
    method: 'POST',
    headers: { apikey: supabase.anonKey, 'content-type': 'application/json' },
    body: JSON.stringify({
      email: `learner-${randomBytes(6).toString('hex')}@example.org`,
      password: randomBytes(16).toString('hex'),
      data: { full_name: 'A learner', enrolment_code: code },
    }),
  });
  if (!answer.ok) throw new Error(`a learner could not sign up: ${answer.status} ${await answer.text()}`);
  const session = (await answer.json()) as { access_token: string; user: { id: string } };
  const rest = connectSupabaseRest(supabase);
  const id = crypto.randomUUID();
  const submission = {
    id,
    user_id: session.user.id,
    problem_id: problemId,
    language_id: 71,
    source_code: 'x',
  };
  await rest.upsert('submissions', 'id', [submission]);
  await rest.update('submissions', `id=eq.${id}`, {
    status: 'finished',
    verdict: 'wrong_answer',
    finished_at: new Date().toISOString(),
  });
  return { accessToken: session.access_token };
};

const seed = async (supabase: TestSupabase, learners: number): Promise<Learner[]> => {
  const school = await loadDemoSchool();
  await seedDemoSchool(school, {
    ...supabase,
    passwords: Object.fromEntries(
      school.accounts.map(({ email }) => [email, randomBytes(16).toString('hex')]),
    ),
    stampFile: path.join(supabase.directory, 'seed.json'),
    databaseUrl: undefined,
  });
  const rest = connectSupabaseRest(supabase);
  const [course] = await rest.select<{ enrolment_code: string }>('courses', 'select=enrolment_code');
  const problems = await rest.select<{ id: string }>('problems', 'select=id&language_ids=cs.{71}');
  if (!course || problems.length === 0) throw new Error('the demo school has no course');
  const created: Learner[] = [];
  for (let n = 0; n < learners; n += 1) {
    const problem = problems[n % problems.length] as { id: string };
    created.push(await createLearner(supabase, course.enrolment_code, problem.id));
  }
  return created;
};

/**
 * The embedded stack with the demo school and `learners` of it, on free ports and in a folder of its own, with limits
 * that stop nobody. The api runs as in production.
 */
export const startStack = async (options: { learners: number; redis: boolean }) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'load-'));
  const supabase = await startSupabase();
  const redis = options.redis ? await startRedis() : null;
  const port = await freePort();
  const url = new URL(`http://127.0.0.1:${port}`);
  const learners = await seed(supabase, options.learners);
  const api = startChild({
    name: 'api',
    args: ['--import', 'tsx', 'api/src/server.ts'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      APP_ENV: 'production',
      HOST: '127.0.0.1',
      API_PORT: String(port),
      APP_URL: url.origin,
      API_URL: url.origin,
      SUPABASE_URL: supabase.url,
      SUPABASE_ANON_KEY: supabase.anonKey,
      SUPABASE_SERVICE_ROLE_KEY: supabase.serviceRoleKey,
      SUPABASE_JWT_SECRET: supabase.jwtSecret,
      REDIS_URL: redis?.url,
      RATE_LIMIT_READ: unlimited,
      RATE_LIMIT_PUBLIC_READ: unlimited,
      RATE_LIMIT_WRITE: unlimited,
    },
    logFile: path.join(directory, 'api.log'),
  });
  const stop = async () => {
    await api.stop();
    await Promise.all([supabase.stop(), redis?.stop()]);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await waitUntilHealthy(api, { url: `${url.origin}/api/ready` });
    failWhenItDies(api);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, learners, stop };
};
