import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { pages, withEvidence } from './docs-page.js';
import {
  composeHash,
  evidenceSchema,
  latestSuccess,
  readEvidence,
  whatIsKnown,
  type Evidence,
} from './evidence.js';

const root = path.resolve(import.meta.dirname, '../..');
const composeText = 'services: {}\n';

const evidence = (more: Partial<Evidence> = {}): string =>
  JSON.stringify({
    date: '2026-12-01',
    commit: 'abc1234',
    composeFile: composeHash(composeText),
    machine: { system: 'Ubuntu 24.04', kernel: '6.8.0', docker: '29.1.2', compose: '2.40.2' },
    profiles: ['judge0-engine', 'monitoring', 'logs'],
    images: [{ name: 'redis:8-alpine', digest: 'redis@sha256:0' }],
    services: [{ name: 'web', state: 'healthy' }],
    tests: { passed: 70, failed: 0 },
    failure: null,
    ...more,
  });

describe('what is known of the compose file', () => {
  test('is the latest start that went well', () => {
    const texts = [
      evidence({ date: '2026-12-01' }),
      evidence({ date: '2027-01-10', failure: 'not healthy in time' }),
      evidence({ date: '2027-02-01', tests: { passed: 69, failed: 1 } }),
      evidence({ date: '2027-03-01', tests: { passed: 0, failed: 0 } }),
      evidence({ date: '2026-12-20' }),
    ];
    expect(latestSuccess(texts)?.date).toBe('2026-12-20');
    expect(latestSuccess([])).toBeNull();
  });

  test('is said to have changed after a change of one letter', () => {
    const found = latestSuccess([evidence()]);
    expect(whatIsKnown(found, composeText)).toMatchObject({ current: true });
    expect(whatIsKnown(found, `${composeText} `)).toMatchObject({
      current: false,
      sentence: expect.stringContaining('changed since') as unknown,
    });
  });

  test('is refused when a file of evidence has not the form that is written', () => {
    expect(() => latestSuccess([evidence({ composeFile: 'x' })])).toThrow();
  });

  test('stands in README.md and install.md as it is now (npm run evidence -w ops)', () => {
    for (const page of pages)
      expect(readFileSync(page, 'utf8')).toBe(withEvidence(readFileSync(page, 'utf8')));
  });

  test('is read from files of the form, named by their day', () => {
    for (const text of readEvidence(path.join(root, 'ops/evidence'))) {
      expect(evidenceSchema.safeParse(JSON.parse(text)).error).toBeUndefined();
    }
  });
});

describe('the workflow of a hosted runner', () => {
  const workflow = parse(readFileSync(path.join(root, '.github/workflows/test-real.yml'), 'utf8')) as {
    on: object;
    jobs: Record<string, { steps: { run?: string; uses?: string }[] }>;
  };

  test('starts the stack at each release by the target of the Makefile, and keeps what came of it', () => {
    expect(workflow.on).toMatchObject({ release: { types: ['published'] } });
    const steps = workflow.jobs['test-real']?.steps ?? [];
    const text = JSON.stringify(steps);
    expect(text).toContain('make test-real');
    expect(readFileSync(path.join(root, 'Makefile'), 'utf8')).toMatch(/^test-real: /m);
    expect(text).toContain('ops/evidence');
  });

  test('uses actions of one major version, and no secret but the run’s own token', () => {
    const text = JSON.stringify(workflow);
    const actions = workflow.jobs['test-real']?.steps.flatMap(({ uses }) => uses ?? []) ?? [];
    expect(actions.filter((action) => !/^actions\/[\w-]+@v\d+$/.test(action))).toEqual([]);
    expect(text).not.toContain('secrets.');
  });
});
