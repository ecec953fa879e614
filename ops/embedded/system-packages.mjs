/** Programs of the system: those that the engine runs learners' programs with, and those that only the tests use. */
import { existsSync, readdirSync } from 'node:fs';
import { expectedError, runLogged } from './run-logged.mjs';

// The sandbox shows learners' programs /usr only, so what counts is there (a pyenv in a home folder does not).
const needed = [
  { file: '/usr/bin/bwrap', debian: 'bubblewrap', for: 'the sandbox' },
  { file: '/usr/bin/python3', debian: 'python3', for: 'Python' },
  { file: '/usr/bin/gcc', debian: 'gcc', for: 'C' },
  { file: '/usr/include/stdio.h', debian: 'libc6-dev', for: 'C' },
  { file: '/usr/bin/g++', debian: 'g++', for: 'C++' },
];
const java = { file: '/usr/bin/javac', debian: 'default-jdk-headless', for: 'Java' };
const testPrograms = [
  java,
  { file: '/usr/bin/sqlite3', debian: 'sqlite3', for: 'tests of SQL' },
  { file: '/usr/bin/redis-server', debian: 'redis-server', for: 'tests with a real Redis' },
  { file: process.env.CHROMIUM || '/usr/bin/chromium', debian: 'chromium', for: 'browser journeys' },
];

/** What a command needs, and what it can do without: a school without Java still starts, a test may not be skipped. */
const wantedBy = {
  start: { needed, optional: [java] },
  test: { needed: [...needed, ...testPrograms], optional: [] },
};

const aptGet = (args, logFile) =>
  runLogged('apt-get', args, { logFile, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });

const hasPackageLists = () => {
  const lists = '/var/lib/apt/lists';
  return existsSync(lists) && readdirSync(lists).some((name) => name.includes('_Packages'));
};

const install = async (names, logFile) => {
  const args = ['install', '-y', '--no-install-recommends', ...names];
  if (hasPackageLists()) {
    try {
      return await aptGet(args, logFile);
    } catch {
      // Lists of last year name files that the mirror no longer has.
    }
  }
  await aptGet(['update'], logFile);
  await aptGet(args, logFile);
};

const commandFor = (names) =>
  `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`;

const explain = (missing) => {
  const names = missing.map(({ debian }) => debian);
  const what = missing.map(({ file, for: purpose }) => `  ${file} for ${purpose}`).join('\n');
  const remedy = existsSync('/usr/bin/apt-get')
    ? `Type this, then start again:\n\n  ${commandFor(names)}\n`
    : 'This is no Debian: install them with the tool of this system, then start again.';
  return expectedError(`These are missing:\n${what}\n${remedy}`);
};

const installOptional = async (missing, mayInstall, logFile) => {
  const names = missing.map(({ debian }) => debian);
  // Tried once; every further start would wait for it in vain.
  const tried = existsSync(logFile);
  try {
    if (!mayInstall || tried) throw expectedError('may not or cannot be installed');
    await install(names, logFile);
    return true;
  } catch {
    const purposes = missing.map(({ for: purpose }) => purpose).join(', ');
    console.warn(`\n  ! ${purposes} stays off. To have it: ${commandFor(names)}`);
    return false;
  }
};

/** This machine; tests pass another. */
const thisSystem = {
  has: existsSync,
  mayInstall: () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'),
};

/**
 * Installs what `command` (start or test) misses when we are root on a Debian. Returns what was installed.
 * Throws an expected error that names the one command to type when we may not install.
 */
export const installSystemPackages = async (logFile, command = 'start', system = thisSystem) => {
  const absent = ({ file }) => !system.has(file);
  const missing = wantedBy[command].needed.filter(absent);
  const missingOptional = wantedBy[command].optional.filter(absent);
  if (missing.length + missingOptional.length === 0) return '';
  const mayInstall = system.mayInstall();
  if (missing.length > 0) {
    // One command for all: nobody wants to type a second one for Java.
    if (!mayInstall) throw explain([...missing, ...missingOptional]);
    await install(
      missing.map(({ debian }) => debian),
      logFile('apt.log'),
    );
  }
  const added = [...missing];
  const log = logFile('apt-optional.log');
  if (missingOptional.length > 0 && (await installOptional(missingOptional, mayInstall, log))) {
    added.push(...missingOptional);
  }
  return added.map(({ debian }) => debian).join(', ');
};
