import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const checkScript = path.join(import.meta.dirname, 'check.ts');
const trees: string[] = [];
afterAll(() => trees.forEach((tree) => rmSync(tree, { recursive: true })));

const plant = (files: Record<string, string>): string => {
  const tree = mkdtempSync(path.join(tmpdir(), 'structure-'));
  trees.push(tree);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.join(tree, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  }
  // As npm links the workspace.
  mkdirSync(path.join(tree, 'node_modules/@coding-platform'), { recursive: true });
  symlinkSync('../../api', path.join(tree, 'node_modules/@coding-platform/api'));
  return tree;
};

const check = (tree: string) =>
  spawnSync(process.execPath, ['--import', 'tsx', checkScript, tree], {
    cwd: path.join(import.meta.dirname, '..'),
    encoding: 'utf8',
  });

const imports = (...targets: string[]): string =>
  targets
    .map((target, place) => `import * as i${place} from '${target}';\nconsole.log(i${place});\n`)
    .join('');
const lines = (count: number): string => 'export {};\n'.repeat(count);
const feature = 'api/src/features/submissions';

/** rule → the file that breaks it, its text, and a word of the message. */
const broken: [rule: string, file: string, text: string, says?: string][] = [
  ['junk-drawer', 'web/app/lib/utils.ts', lines(1), '"utils"'],
  ['junk-drawer', 'api/src/features/auth/index.ts', lines(1), '"index"'],
  ['junk-drawer', 'ops/common/clock.ts', lines(1), '"common"'],
  ['kebab-case', 'web/app/components/DataTable.tsx', lines(1)],
  ['feature-file-name', `${feature}/controller.ts`, lines(1), 'routes.ts'],
  ['feature-file-name', 'api/src/features/loose.ts', lines(1), '<noun>'],
  ['file-size', 'judge0/engine/src/long.ts', lines(301), '301 lines'],
  ['environment-read', 'api/src/lib/secret.ts', 'export const secret = process.env.SECRET;\n'],
  ['environment-read', 'api/src/grader.ts', 'export const secret = process.env.SECRET;\n'],
  ['environment-read', 'web/app/lib/secret.ts', "export const secret = process['env'].SECRET;\n"],
  ['no-cycle', 'ops/doctor/egg.ts', imports('./hen.js'), 'hen.ts'],
  ['web-route-to-route', 'web/app/routes/problems.tsx', imports('./courses')],
  [
    'web-to-api-internals',
    'web/app/features/drafts/api.server.ts',
    imports('@coding-platform/api/src/app.js'),
  ],
  ['web-to-api-internals', 'web/app/lib/near.ts', imports('../../../api/src/lib/logger.js')],
  ['web-to-other-programs', 'web/app/lib/judge.ts', imports('../../../judge0/engine/src/server.js')],
  ['web-feature-to-route', 'web/app/features/courses/to-page.ts', imports('../../routes/courses.js')],
  ['web-feature-to-feature', 'web/app/features/courses/to-drafts.ts', imports('../drafts/draft-state.js')],
  ['web-component-to-feature', 'web/app/components/button.tsx', imports('../features/drafts/draft-state')],
  ['web-component-to-server-code', 'web/app/components/badge.tsx', imports('../lib/session.server')],
  ['web-lib-to-feature', 'web/app/lib/knows-too-much.ts', imports('~/features/drafts/draft-state')],
  ['api-routes-stay-in-their-feature', `${feature}/routes.ts`, imports('../courses/service.js'), 'courses'],
  [
    'api-routes-without-database-or-judge',
    'api/src/features/runs/routes.ts',
    imports('../../judge/client.js'),
  ],
  [
    'api-routes-without-database-or-judge',
    'api/src/features/files/routes.ts',
    imports('@supabase/supabase-js'),
  ],
  [
    'api-service-without-http',
    `${feature}/service.ts`,
    "import type { Request } from 'express';\nexport type R = Request;\n",
  ],
  ['api-service-without-http', 'api/src/features/runs/service.ts', imports('../../http/authenticate.js')],
  [
    'api-service-to-another-features-inside',
    'api/src/features/users/service.ts',
    imports('../courses/repository.js'),
  ],
  ['api-repository-below-all', `${feature}/repository.ts`, imports('./judging.js', './jobs.js')],
  [
    'api-repository-to-another-feature',
    'api/src/features/users/repository.ts',
    imports('../courses/schema.js'),
  ],
  ['api-schema-is-zod-only', `${feature}/schema.ts`, imports('axios'), 'zod'],
  ['api-rule-without-io', `${feature}/scoring.ts`, imports('node:fs')],
  ['api-rule-without-io', `${feature}/policy.ts`, imports('./repository.js')],
  ['api-config-read-by-wiring-only', 'api/src/judge/client.ts', imports('../config.js')],
  ['api-lib-is-domain-free', 'api/src/lib/logger.ts', imports('../features/courses/schema.js')],
  ['api-to-other-programs', 'api/src/judge/near.ts', imports('../../../judge0/engine/src/server.js')],
  ['engine-stands-alone', 'judge0/engine/src/server.ts', imports('../../../api/src/lib/logger.js')],
];

const surroundings: Record<string, string> = {
  'web/tsconfig.json': JSON.stringify({ compilerOptions: { baseUrl: '.', paths: { '~/*': ['./app/*'] } } }),
  'web/app/routes/courses.tsx': lines(1),
  'web/app/features/drafts/draft-state.ts': lines(1),
  'web/app/lib/session.server.ts': lines(1),
  'ops/doctor/hen.ts': imports('./egg.js'),
  'api/src/config.ts': 'export const config = process.env;\n',
  'api/src/http/authenticate.ts': lines(1),
  'api/src/features/courses/schema.ts': imports('zod'),
  'api/src/features/courses/service.ts': lines(1),
  'api/src/features/courses/repository.ts': lines(1),
  [`${feature}/jobs.ts`]: lines(1),
  [`${feature}/judging.ts`]: lines(1),
  'api/src/features/grown/service.ts': lines(201),
};

describe('a tree that breaks every rule', () => {
  let output: string[];
  let status: number | null;
  beforeAll(() => {
    const run = check(
      plant({ ...surroundings, ...Object.fromEntries(broken.map(([, file, text]) => [file, text])) }),
    );
    output = run.stdout.split('\n');
    status = run.status;
  }, 60_000);

  test('fails', () => expect(status).toBe(1));

  test.each(broken)('%s: %s is refused', (rule, file, _text, says = '') => {
    const lineOf = output.find((line) => line.startsWith(`error ${file} [${rule}]`));
    expect(lineOf).toBeDefined();
    expect(lineOf).toContain(says);
  });

  test('a service over its budget is a warning only', () => {
    expect(
      output.some((line) => line.startsWith('warning api/src/features/grown/service.ts [file-size]')),
    ).toBe(true);
  });
});

test('a tree that keeps the rules passes, with Remix names, schemas shared with web and tests that reach anywhere', () => {
  const run = check(
    plant({
      'web/tsconfig.json': surroundings['web/tsconfig.json'] ?? '',
      'web/app/routes/problems.$problemId.tsx': imports(
        '~/features/problems/api.server',
        '~/components/button',
      ),
      'web/app/routes/_index.tsx': imports('../features/problems/api.server'),
      'web/app/components/button.tsx': lines(1),
      'web/app/features/problems/api.server.ts': imports('@coding-platform/api/schema/problems'),
      'web/app/lib/env.server.ts': 'export const env = process.env;\n',
      'api/package.json': JSON.stringify({
        name: '@coding-platform/api',
        exports: { './schema/*': './src/features/*/schema.ts' },
      }),
      'api/src/app.ts': imports('./features/problems/routes.js', './config.js', './lib/logger.js'),
      'api/src/config.ts': 'export const config = process.env;\n',
      'api/src/lib/logger.ts': '// process.env is read in config.ts only\nexport {};\n',
      'api/src/features/problems/routes.ts': imports('./service.js', './schema.js', 'express'),
      'api/src/features/problems/service.ts': imports(
        './repository.js',
        '../courses/service.js',
        './ordering.js',
      ),
      'api/src/features/problems/ordering.ts': imports('./schema.js'),
      'api/src/features/problems/schema.ts': imports('zod', '../courses/schema.js'),
      'api/src/features/problems/repository.ts': imports('@supabase/supabase-js', '../../lib/logger.js'),
      'web/app/lib/run.ts': 'export const env = { ...process.env };\n',
      'api/src/features/problems/service.test.ts': imports(
        '../courses/service.js',
        'express',
        '../../config.js',
      ),
      'api/src/features/courses/service.ts': lines(200),
      'api/src/features/courses/schema.ts': imports('zod'),
      'judge0/engine/src/server.ts': `${imports('express', 'node:fs')}console.log(process.env);\n`,
      'ops/embedded/start.ts': imports('../../api/src/config.js'),
    }),
  );
  expect(run.stdout).toBe('structure: 19 files, 0 errors, 0 warnings\n');
  expect(run.status).toBe(0);
}, 60_000);
