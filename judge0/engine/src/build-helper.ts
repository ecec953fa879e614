import { PACKAGE_ROOT } from './package-root.js';
import { buildInitHelper } from './sandbox/init-helper.js';

try {
  console.log(`PID-1 helper: ${buildInitHelper(PACKAGE_ROOT)}`);
} catch (error) {
  // The first start tries again, and control groups can do without it.
  console.warn(`PID-1 helper not built: ${(error as Error).message.split('\n')[0]}`);
}
