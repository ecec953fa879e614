import path from 'node:path';
import type { Finding, SourceFile } from './source-files.js';

const junkDrawers = ['index', 'util', 'utils', 'helper', 'helpers', 'common', 'misc'];

/** Names for what has a name of its own here. */
const otherLayerNames: Record<string, string> = {
  controller: 'routes.ts',
  controllers: 'routes.ts',
  handler: 'routes.ts',
  handlers: 'routes.ts',
  router: 'routes.ts',
  route: 'routes.ts',
  model: 'schema.ts or repository.ts',
  models: 'schema.ts or repository.ts',
  types: 'schema.ts, or the file that makes the values',
  constants: 'the file whose rule the value is',
  validation: 'schema.ts',
  validators: 'schema.ts',
  queries: 'repository.ts',
  database: 'repository.ts',
  dao: 'repository.ts',
  manager: 'service.ts',
  services: 'service.ts',
  repositories: 'repository.ts',
  schemas: 'schema.ts',
  policies: 'policy.ts',
  permissions: 'policy.ts',
  job: 'jobs.ts',
  worker: 'jobs.ts',
};

const kebabCase = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const remixRoutes = /^web\/app\/routes\//;
const features = /^api\/src\/features\//;

const error = (rule: string, file: string, message: string): Finding => ({
  rule,
  severity: 'error',
  file,
  message,
});

const checkName = ({ file }: SourceFile): Finding[] => {
  // Remix makes the address of a page from its file's name.
  if (remixRoutes.test(file)) return [];
  const found: Finding[] = [];
  const base = path.posix.basename(file);
  const stem = base.split('.')[0] ?? base;
  const folders = path.posix.dirname(file).split('/');
  const junk = [stem, ...folders].find((name) => junkDrawers.includes(name.toLowerCase()));
  if (junk) {
    found.push(
      error('junk-drawer', file, `"${junk}" says nothing of what is inside: name it after what it does`),
    );
  }
  if (![base, ...folders].every((name) => kebabCase.test(name))) {
    found.push(error('kebab-case', file, 'file and folder names are lower-case words joined by hyphens'));
  }
  return found;
};

const checkFeatureName = ({ file }: SourceFile): Finding[] => {
  if (!features.test(file)) return [];
  const inFeature = file.replace(features, '').split('/');
  if (inFeature.length < 2) {
    return [error('feature-file-name', file, 'a feature is a folder: put it into api/src/features/<noun>/')];
  }
  const base = inFeature.at(-1) ?? '';
  const stem = base.split('.')[0] ?? '';
  const rightName = otherLayerNames[stem];
  if (rightName) {
    return [
      error('feature-file-name', file, `"${stem}" has another name here: ${rightName} (see architecture)`),
    ];
  }
  if (!/^[a-z0-9-]+(\.test)?\.ts$/.test(base)) {
    return [
      error(
        'feature-file-name',
        file,
        'only <name>.ts and <name>.test.ts: schema, routes, policy, service, repository, jobs or a rule',
      ),
    ];
  }
  return [];
};

/** File-name rules: no junk drawers, kebab-case, and one name per layer in the api's features. */
export const checkFileNames = (files: SourceFile[]): Finding[] =>
  files.flatMap((file) => [...checkName(file), ...checkFeatureName(file)]);
