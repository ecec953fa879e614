import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** An error whose message is meant for the person at the terminal. */
export const expectedError = (message) => Object.assign(new Error(message), { expected: true });

const lastLines = (file, count) => readFileSync(file, 'utf8').split('\n').filter(Boolean).slice(-count);

/** Runs a command with its output in a file. Throws an expected error with the last lines when it fails. */
export const runLogged = (command, args, { cwd, logFile, env = process.env }) =>
  new Promise((resolve, reject) => {
    const log = openSync(logFile, 'w', 0o600);
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log] });
    closeSync(log);
    child.on('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) return resolve();
      const tail = lastLines(logFile, 20).map((line) => `  ${line}`);
      const what = `${[command, ...args].join(' ')} failed (${signal ?? `exit code ${code}`})`;
      reject(expectedError(`${what}. Its last lines:\n${tail.join('\n')}\nAll of it: ${logFile}`));
    });
  });
