import type { RunReport } from '../sandbox/types.js';
import { STATUS, statusOfSignal } from '../submissions/status.js';
import type { LimitHint, SubmissionRequest, SubmissionResult } from '../submissions/submission.js';
import { outputMatches } from './compare-output.js';

const SIGKILL = 9;
const SIGXFSZ = 25;

/**
 * Judge0's answer for one run. Programs run under a shell, so a signal shows as exit code 128 + n and the status is
 * NZEC, unless `signals` is real.
 */
export function verdictOf(
  request: SubmissionRequest,
  report: RunReport,
  signals: 'judge0' | 'real',
): SubmissionResult {
  const stdout = report.stdout.length > 0 ? report.stdout : null;
  const measured = {
    stdout,
    stderr: report.stderr.length > 0 ? report.stderr : null,
    compileOutput: null,
    time: report.cpuSeconds,
    wallTime: report.wallSeconds,
    memory: Math.round(report.memoryKb),
    limitHint: limitHintOf(request, report),
  };
  const ended = endingOf(request, report, signals);
  if (ended) return { ...measured, ...ended };
  const statusId = outputMatches(request.expectedOutput, stdout) ? STATUS.accepted : STATUS.wrongAnswer;
  return { ...measured, statusId, message: null, exitCode: 0, exitSignal: null };
}

type Ending = Pick<SubmissionResult, 'statusId' | 'message' | 'exitCode' | 'exitSignal'>;

function endingOf(request: SubmissionRequest, report: RunReport, signals: 'judge0' | 'real'): Ending | null {
  if (report.endedBy === 'wall') return timeLimit('Time limit exceeded (wall clock)');
  const tooSlow = request.cpuTimeLimit > 0 && report.cpuSeconds > request.cpuTimeLimit;
  if (report.endedBy === 'cpu' || tooSlow) return timeLimit('Time limit exceeded');
  // Without control groups the helper ends a run for memory; the answer is the one the kernel's killer gives.
  const killed = report.endedBy === 'memory' || report.endedBy === 'disk';
  const signal = killed && signals === 'real' ? SIGKILL : report.signal;
  if (signal !== null) {
    return {
      statusId: statusOfSignal(signal),
      message: `Caught fatal signal ${signal}`,
      exitCode: 0,
      exitSignal: signal,
    };
  }
  const exitCode = killed ? 128 + SIGKILL : report.exitCode;
  if (exitCode === 0) return null;
  return {
    statusId: STATUS.nzec,
    message: `Exited with error status ${exitCode}`,
    exitCode,
    exitSignal: null,
  };
}

function timeLimit(message: string): Ending {
  return { statusId: STATUS.timeLimitExceeded, message, exitCode: 0, exitSignal: null };
}

function limitHintOf(request: SubmissionRequest, report: RunReport): LimitHint | null {
  if (report.outOfMemory) return 'memory_limit_exceeded';
  const maxBytes = request.maxFileSize * 1024;
  // A runtime that does not look at what a write answers, as Java's and Node's, ends as if all had been written.
  const full = report.stdout.length >= maxBytes || report.stderr.length >= maxBytes;
  const cut = report.exitCode === 128 + SIGXFSZ || report.signal === SIGXFSZ;
  return cut || (full && maxBytes > 0) ? 'output_limit_exceeded' : null;
}
