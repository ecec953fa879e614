import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of this package, the same seen from src and from dist. */
export const PACKAGE_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
