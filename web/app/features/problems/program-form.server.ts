import { z } from 'zod';
import { readForm } from '~/lib/form.server';

const program = z.object({
  languageId: z.coerce.number().int(),
  sourceCode: z.string(),
  stdin: z.string().default(''),
  draftVersion: z.coerce.number().int().min(0).default(0),
  intent: z.enum(['run', 'submit', 'save', 'switch']).default('run'),
});
export type ProgramForm = z.infer<typeof program>;

// A form sends CRLF; programs, drafts and diffs have LF.
const withoutCarriageReturns = (value: unknown) =>
  typeof value === 'string' ? value.replaceAll('\r\n', '\n') : value;

/** What the workspace's form sent. Throws a 400 answer for a form that is not this one. */
export const readProgramForm = async (request: Request): Promise<ProgramForm> => {
  const fields = Object.fromEntries(await readForm(request));
  return parse(
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, withoutCarriageReturns(value)])),
  );
};

/** The same from the workspace's script, as JSON. */
export const readProgramJson = async (request: Request): Promise<ProgramForm> =>
  parse(await request.json().catch(() => null));

const parse = (value: unknown): ProgramForm => {
  const parsed = program.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Response('This is not what the workspace sends.', { status: 400 });
};
