import type { ProblemCode } from '../http/problem-schema.js';

/** What an error answer may carry besides code and message. */
export interface AppErrorExtra {
  errors?: { path: string; message: string }[];
  retryAfterSeconds?: number;
  /** Further members of the problem+json answer, as the draft texts of a conflict. */
  members?: Record<string, unknown>;
  cause?: unknown;
}

/** An error with a code of the product's own; the message is for the person who reads it in the page. */
export class AppError extends Error {
  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly extra: AppErrorExtra = {},
  ) {
    super(message, { cause: extra.cause });
    this.name = 'AppError';
  }
}

/** The row, or the 404 that a page can show. */
export const found = <Row>(row: Row | null, what: string): Row => {
  if (row === null) throw new AppError('not_found', `There is no such ${what}, or you have no access to it.`);
  return row;
};
