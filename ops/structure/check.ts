/** Checks that the tree keeps the architecture's rules: `tsx structure/check.ts [root]`; exits 1 on a broken one. */
import path from 'node:path';
import { checkEnvironmentReads } from './environment-reads.js';
import { checkFileNames } from './file-names.js';
import { checkFileSizes } from './file-sizes.js';
import { checkImports } from './imports.js';
import { readSourceFiles } from './source-files.js';

const root = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '../..'));
const files = readSourceFiles(root);
const findings = [
  ...checkFileNames(files),
  ...checkFileSizes(files),
  ...checkEnvironmentReads(files),
  ...(await checkImports(root)),
];
for (const { severity, file, rule, message } of findings) {
  console.log(`${severity} ${file} [${rule}] ${message}`);
}
const errors = findings.filter(({ severity }) => severity === 'error').length;
console.log(`structure: ${files.length} files, ${errors} errors, ${findings.length - errors} warnings`);
process.exitCode = errors > 0 ? 1 : 0;
