import { z } from 'zod';

const body = z.object({ sourceCode: z.string(), version: z.number().int().min(0) });

/** What the workspace's script sends to save a draft. Throws a 400 answer for anything else. */
export const readDraftJson = async (request: Request): Promise<z.infer<typeof body>> => {
  const parsed = body.safeParse(await request.json().catch(() => null));
  if (parsed.success) return parsed.data;
  throw new Response('This is not what the workspace sends.', { status: 400 });
};
