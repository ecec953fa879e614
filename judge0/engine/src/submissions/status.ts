/** Judge0's statuses; there are none for memory or output. */
export const STATUS = {
  inQueue: 1,
  processing: 2,
  accepted: 3,
  wrongAnswer: 4,
  timeLimitExceeded: 5,
  compilationError: 6,
  sigsegv: 7,
  sigxfsz: 8,
  sigfpe: 9,
  sigabrt: 10,
  nzec: 11,
  otherRuntimeError: 12,
  internalError: 13,
  execFormatError: 14,
} as const;

export const STATUSES: { id: number; description: string }[] = [
  { id: 1, description: 'In Queue' },
  { id: 2, description: 'Processing' },
  { id: 3, description: 'Accepted' },
  { id: 4, description: 'Wrong Answer' },
  { id: 5, description: 'Time Limit Exceeded' },
  { id: 6, description: 'Compilation Error' },
  { id: 7, description: 'Runtime Error (SIGSEGV)' },
  { id: 8, description: 'Runtime Error (SIGXFSZ)' },
  { id: 9, description: 'Runtime Error (SIGFPE)' },
  { id: 10, description: 'Runtime Error (SIGABRT)' },
  { id: 11, description: 'Runtime Error (NZEC)' },
  { id: 12, description: 'Runtime Error (Other)' },
  { id: 13, description: 'Internal Error' },
  { id: 14, description: 'Exec Format Error' },
];

const descriptions = new Map(STATUSES.map((status) => [status.id, status.description]));

/** {id, description} as answers carry it. */
export function statusOf(id: number): { id: number; description: string } {
  return { id, description: descriptions.get(id) ?? '' };
}

/** Judge0's status for a program that a signal ended. */
export function statusOfSignal(signal: number): number {
  const bySignal: Record<number, number> = {
    11: STATUS.sigsegv,
    25: STATUS.sigxfsz,
    8: STATUS.sigfpe,
    6: STATUS.sigabrt,
  };
  return bySignal[signal] ?? STATUS.otherRuntimeError;
}
