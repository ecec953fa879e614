import type { Client } from '../src/lib/supabase.js';
import { walk, type Target, type Verb } from './policy-walk.js';
import { supabase } from './world.js';

export const verbs: Verb[] = ['select', 'insert', 'update', 'delete'];
export const targets = Object.keys(walk) as Target[];
/** The table or view of a target. */
export const tableOf = (target: Target): string => walk[target].table ?? target;
// 55000: a view of groups takes no rows, whoever sends them.
const refusals = ['42501', '55000'];

const outcomeOf = (answer: { error: { code: string; message: string } | null; data: unknown }): string => {
  if (answer.error) {
    return refusals.includes(answer.error.code) ? 'x' : `(${answer.error.code} ${answer.error.message})`;
  }
  return Array.isArray(answer.data) && answer.data.length > 0 ? 'y' : '-';
};

/** Tries one verb on a row as `client`: y does it, - finds no such row, x is refused. */
export const tryVerb = async (client: Client, verb: Verb, target: Target, row: Record<string, unknown>) => {
  const table = client.from(tableOf(target));
  const columns = Object.keys(row).join(',');
  switch (verb) {
    case 'select':
      return outcomeOf(await table.select(columns).match(row));
    case 'update':
      return outcomeOf(await table.update(walk[target].change).match(row).select(columns));
    case 'delete':
      return outcomeOf(await table.delete().match(row).select(columns));
    case 'insert': {
      const { error } = await table.insert(row);
      return outcomeOf({ error, data: [row] });
    }
  }
};

/** The row as it is stored now. */
export const rowNow = async (target: Target, row: Record<string, unknown>): Promise<string> => {
  const plain = Object.fromEntries(Object.entries(row).filter(([, value]) => !Array.isArray(value)));
  const { data, error } = await supabase.service.from(tableOf(target)).select().match(plain);
  if (error) throw error;
  return JSON.stringify(data);
};
