import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './child-process.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'bootstrap-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const node = (...args: string[]) => {
  const { NODE_ENV: _ofJest, ...env } = process.env;
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env, timeout: 60_000 });
};

/** Runs one of the modules that work before anything is installed, and tells what the expression gave. */
const evaluate = (
  module: string,
  expression: string,
): { result?: unknown; error?: string; output: string } => {
  const script = `
    import * as module from './ops/embedded/${module}';
    const logFile = (name) => ${JSON.stringify(directory)} + '/' + name;
    const root = ${JSON.stringify(directory)};
    let told;
    try { told = { result: await (${expression}) }; } catch (error) { told = { error: error.message }; }
    console.log('\\n' + JSON.stringify(told));`;
  const { stdout, stderr } = node('--input-type=module', '--eval', script);
  const told = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { result?: unknown; error?: string };
  return { ...told, output: stdout + stderr };
};

const write = (file: string, text: string): void => {
  mkdirSync(path.join(directory, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(directory, file), text);
};

test('a Node that is too old gets a sentence, not a stack trace', () => {
  const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.18.3' } })`;
  const { status, stderr } = node(
    '--import',
    `data:text/javascript,${encodeURIComponent(older)}`,
    'ops/embedded/bootstrap.mjs',
  );
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^Node 20\.18\.3 is too old: this needs Node 20\.19 or newer\.\nInstall Node 20 or 22 .*\n$/,
  );
});

describe('programs of the system', () => {
  const systemWithout = (files: string[], command = 'start'): string =>
    `module.installSystemPackages(logFile, '${command}', { mayInstall: () => false, has: (file) => !${JSON.stringify(files)}.includes(file) })`;

  test('one that is missing is told with the one command to type, when we may not install', () => {
    const missing = systemWithout(['/usr/bin/bwrap', '/usr/bin/g++', '/usr/bin/javac']);
    const { error } = evaluate('system-packages.mjs', missing);
    expect(error).toContain('/usr/bin/bwrap for the sandbox');
    expect(error?.match(/apt-get install .*/g)).toEqual([
      'apt-get install -y --no-install-recommends bubblewrap g++ default-jdk-headless',
    ]);
  });

  test('without a JDK we go on, and are told that Java stays off', () => {
    const { result, output } = evaluate('system-packages.mjs', systemWithout(['/usr/bin/javac']));
    expect(result).toBe('');
    expect(output).toMatch(/Java stays off.*default-jdk-headless/);
  });

  test('the tests need Redis, a browser and Java too: what is missing is named with its package', () => {
    const files = ['/usr/bin/redis-server', '/usr/bin/chromium', '/usr/bin/javac'];
    const { error } = evaluate('system-packages.mjs', systemWithout(files, 'test'));
    expect(error).toContain('/usr/bin/chromium for browser journeys');
    expect(error?.match(/apt-get install .*/g)).toEqual([
      'apt-get install -y --no-install-recommends default-jdk-headless redis-server chromium',
    ]);
    const { result } = evaluate('system-packages.mjs', systemWithout(files.slice(0, 2)));
    expect(result).toBe('');
  });
});

describe('npm packages', () => {
  const lock = (packages: object) =>
    JSON.stringify({ name: 'x', version: '1.0.0', lockfileVersion: 3, packages });
  const ours = { '': { name: 'x', version: '1.0.0' } };
  const install = () => evaluate('node-packages.mjs', 'module.installNodePackages(root, logFile)');

  test('are not installed again when node_modules has all of them; other platforms’ may lack', () => {
    const listed = { 'node_modules/a': { version: '1.0.0' } };
    const foreign = { 'node_modules/b': { version: '1.0.0', optional: true, os: ['darwin'] } };
    write('package-lock.json', lock({ ...ours, ...listed, ...foreign }));
    write('node_modules/.package-lock.json', lock(listed));
    expect(install().result).toBe('');
    expect(existsSync(path.join(directory, 'npm.log'))).toBe(false);
    expect(existsSync(path.join(directory, 'node_modules/.stamp'))).toBe(true);
  });

  test('are installed when there are none, or others', () => {
    const dependencies = { a: 'file:a' };
    write('a/package.json', JSON.stringify({ name: 'a', version: '1.0.0' }));
    write('package.json', JSON.stringify({ name: 'x', version: '1.0.0', dependencies }));
    const packages = {
      '': { name: 'x', version: '1.0.0', dependencies },
      a: { version: '1.0.0' },
      'node_modules/a': { resolved: 'a', link: true },
    };
    write('package-lock.json', lock(packages));
    expect(install().result).toBe('installed');
    expect(existsSync(path.join(directory, 'node_modules/a/package.json'))).toBe(true);
    expect(install().result).toBe('');
  });
});

describe('the build', () => {
  const build = () => evaluate('build.mjs', 'module.buildWorkspaces(root, logFile)');
  const script = (made: string): string =>
    `node -e "require('fs').mkdirSync(require('path').dirname('${made}'), { recursive: true }); require('fs').writeFileSync('${made}', '')"`;

  beforeEach(() => {
    write(
      'package.json',
      JSON.stringify({ name: 'x', private: true, workspaces: ['api', 'judge0/engine', 'web'] }),
    );
    for (const [name, made] of [
      ['api', 'dist/server.js'],
      ['judge0/engine', 'dist/server.js'],
      ['web', 'build/server.js'],
    ] as const) {
      const scripts = { build: script(made) };
      write(
        `${name}/package.json`,
        JSON.stringify({ name: name.replace('/', '-'), version: '1.0.0', scripts }),
      );
    }
    write('api/src/server.ts', '1');
    write('web/app/root.tsx', '1');
  });

  test('is of what changed only; web holds the api’s schemas and is built with it', () => {
    expect(build().result).toBe('api, engine, web');
    expect(build().result).toBe('');
    write('web/app/root.tsx', '2');
    expect(build().result).toBe('web');
    write('api/src/server.ts', '2');
    expect(build().result).toBe('api, web');
    write('api/src/server.test.ts', '1');
    expect(build().result).toBe('');
    rmSync(path.join(directory, 'judge0/engine/dist'), { recursive: true });
    expect(build().result).toBe('engine');
  }, 120_000);

  test('that fails tells the last lines and where all of them are', () => {
    const scripts = { build: 'echo the reason; exit 7' };
    write('web/package.json', JSON.stringify({ name: 'web', version: '1.0.0', scripts }));
    const { error } = build();
    expect(error).toMatch(/npm run build -w web .*failed \(exit code \d+\)[^]*the reason[^]*build-web\.log/);
    expect(readFileSync(path.join(directory, 'build-web.log'), 'utf8')).toContain('the reason');
  }, 60_000);
});
