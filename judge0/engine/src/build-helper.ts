import { PACKAGE_ROOT } from './package-root.js';
import { buildNative } from './sandbox/native-parts.js';

try {
  for (const path of buildNative(PACKAGE_ROOT)) console.log(`native part: ${path}`);
} catch (error) {
  // The first start tries again, and control groups can do without it.
  console.warn(`native parts not built: ${(error as Error).message.split('\n')[0]}`);
}
