import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { importRules } from './import-rules.js';
import type { Finding } from './source-files.js';

const folders = ['web', 'api/src', 'judge0/engine/src', 'ops'];
const outside = String.raw`(^|/)(node_modules|dist|build|public|coverage)/|^ops/demo-school/courses/|\.d\.ts$`;

/** Cycles and forbidden imports of the tree under `root`. Throws when dependency-cruiser cannot read it. */
export const checkImports = async (root: string): Promise<Finding[]> => {
  // Of the workspaces, only web has an alias for its own folder.
  const webSettings = path.join(root, 'web/tsconfig.json');
  const hasWeb = existsSync(webSettings);
  const present = folders.filter((folder) => existsSync(path.join(root, folder)));
  const { output } = await cruise(
    present,
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: importRules },
      tsPreCompilationDeps: true,
      ...(hasWeb && { tsConfig: { fileName: webSettings } }),
      doNotFollow: { path: outside },
      exclude: { path: String.raw`^(web/(build|public)|api/dist|judge0/engine/dist|ops/dist)/` },
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['import', 'require', 'node', 'default', 'types'],
      },
    },
    {},
    hasWeb ? { tsConfig: extractTSConfig(webSettings) } : {},
  );
  const { violations } = (output as ICruiseResult).summary;
  return violations.map(({ rule, from, to, cycle }) => {
    const comment = importRules.find(({ name }) => name === rule.name)?.comment ?? '';
    const target = cycle ? cycle.map(({ name }) => name).join(' → ') : to;
    return { rule: rule.name, severity: 'error', file: from, message: `imports ${target}: ${comment}` };
  });
};
