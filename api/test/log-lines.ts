import { createLogger } from '../src/lib/logger.js';

/** A logger of everything, and what it wrote. */
export const createLogLines = () => {
  const text: string[] = [];
  const logger = createLogger('test', 'trace', { write: (line) => void text.push(line) });
  return {
    logger,
    /** The lines so far, parsed. */
    lines: () =>
      text.map((line) => JSON.parse(line) as { level: number; msg: string } & Record<string, unknown>),
    /** All that was written, as it was. */
    text: () => text.join(''),
    /** Those of level error and above. */
    errors: () => text.filter((line) => (JSON.parse(line) as { level: number }).level >= 50),
  };
};
