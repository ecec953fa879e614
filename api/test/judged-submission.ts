import { dataOf, type Client } from '../src/lib/supabase.js';
import { supabase, unique } from './world.js';

/** Stands in the input of the hidden tests, in what they expect and in what a program printed for them. */
export const hiddenText = unique('secret');

const ok = async (query: PromiseLike<{ error: unknown }>): Promise<void> => {
  const { error } = await query;
  if (error) throw error as Error;
};

/** Stores a program as the api does; the submission's id. */
export const submitProgram = (learner: Client, problemId: string, source = 'print(1)'): Promise<string> =>
  dataOf<string>(
    learner.rpc('submit_program', { problem: problemId, language: 71, source, request: 'a-request' }),
  );

/** Stores a new draft as the api does. */
export const startDraft = (learner: Client, problemId: string, language = 71): Promise<unknown[]> =>
  dataOf<unknown[]>(
    learner.rpc('save_draft', { problem: problemId, language, source: 'x', known_version: 0 }),
  );

/** A finished submission with the result and the output of a sample and of a hidden test, unjudged in truth. */
export const createJudgedSubmission = async (learner: Client, problemId: string): Promise<string> => {
  const id = await submitProgram(learner, problemId);
  await ok(
    supabase.service
      .from('submissions')
      .update({
        status: 'finished',
        verdict: 'wrong_answer',
        score: 0,
        finished_at: new Date().toISOString(),
        // A grader of another test may have it by now.
        worker: null,
        lease_token: null,
        lease_expires_at: null,
      })
      .eq('id', id),
  );
  await ok(
    supabase.service.from('submission_results').upsert(
      [true, false].map((sample, position) => ({
        submission_id: id,
        position,
        status: 'wrong_answer',
        sample,
        points: 1,
        time_ms: sample ? 12 : 200,
      })),
    ),
  );
  await ok(
    supabase.service.from('submission_outputs').upsert(
      [true, false].map((sample, position) => ({
        submission_id: id,
        position,
        sample,
        time_ms: sample ? 12 : 137,
        stdout: sample ? '1\n' : `1 ${hiddenText}\n`,
      })),
    ),
  );
  return id;
};
