import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { composeProgram } from '../test-compose/compose-plugins.js';
import { composeText, projectFolder, readComposeFile } from './compose-file.js';

const required = [
  ...new Set([...composeText.matchAll(/(?<!\$)\$\{(\w+):\?/g)].map(([, name]) => name ?? '')),
];

describe('what must be set', () => {
  test('is named with the sentence that cures it', () => {
    const sentences = [...composeText.matchAll(/(?<!\$)\$\{\w+:\?([^}]*)\}/g)].map(
      ([, sentence]) => sentence,
    );
    expect(new Set(sentences)).toEqual(new Set(['run "make setup", which writes it into .env']));
    expect(required).toContain('SESSION_SECRET');
  });
});

describe('docker compose config', () => {
  let folder = '';
  let program: string[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'compose-config-'));
    program = await composeProgram();
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const config = (profiles: string[], without?: string, files = ['docker-compose.yml']) => {
    const env = path.join(folder, 'env');
    const values = required
      .filter((name) => name !== without)
      .map((name) => `${name}=https://school.example`);
    writeFileSync(env, values.join('\n'));
    const asked = profiles.flatMap((profile) => ['--profile', profile]);
    const used = files.flatMap((file) => ['--file', path.join(projectFolder, file)]);
    const [command = '', ...words] = program;
    const args = [...words, '--env-file', env, ...used, ...asked, 'config', '--format', 'json'];
    const { PATH, HOME } = process.env;
    return spawnSync(command, args, { encoding: 'utf8', env: { PATH, HOME }, timeout: 60_000 });
  };
  const servicesOf = (profiles: string[], files?: string[]) => {
    const { status, stdout, stderr } = config(profiles, undefined, files);
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    return Object.keys((JSON.parse(stdout) as { services: object }).services);
  };
  const all = readComposeFile().services;
  const always = Object.keys(all).filter((name) => !all[name]?.profiles);

  test.each([
    [[]],
    [['judge0-engine']],
    [['judge0-official']],
    [['monitoring']],
    [['logs']],
    [['judge0-engine', 'monitoring', 'logs']],
  ])('is valid with the profiles %j and starts their services', (profiles: string[]) => {
    const wanted = Object.keys(all).filter((name) =>
      all[name]?.profiles?.some((one) => profiles.includes(one)),
    );
    expect(servicesOf(profiles).sort()).toEqual([...always, ...wanted].sort());
  });

  test('is valid with every profile at once', () => {
    expect(servicesOf(['*']).sort()).toEqual(Object.keys(all).sort());
  });

  test('stops without any settings', () => {
    const env = path.join(folder, 'empty');
    writeFileSync(env, '');
    const [command = '', ...words] = program;
    const file = path.join(projectFolder, 'docker-compose.yml');
    const { PATH, HOME } = process.env;
    const asked = spawnSync(command, [...words, '--env-file', env, '--file', file, 'config', '--quiet'], {
      encoding: 'utf8',
      env: { PATH, HOME },
    });
    expect(asked.status).not.toBe(0);
    expect(asked.stderr).toContain('make setup');
  });

  test('is valid with the file for development', () => {
    expect(servicesOf(['judge0-engine'], ['docker-compose.yml', 'docker-compose.dev.yml'])).toEqual(
      expect.arrayContaining(['db', 'mailpit']),
    );
  });

  test.each(required)('stops without %s and says what to do', (name) => {
    const { status, stderr } = config([], name);
    expect(status).not.toBe(0);
    expect(stderr).toContain(`${name} is missing a value: run "make setup"`);
  });
});
