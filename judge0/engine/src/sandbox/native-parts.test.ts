import { expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package-root.js';
import { installNative } from './native-parts.js';

// Without a helper the engine still runs where control groups measure, and what it closes less is easily overlooked.
test.each(['judge-init', 'judge-flush'] as const)('%s builds from its source', (part) => {
  const folder = mkdtempSync(join(tmpdir(), 'native-'));
  try {
    expect(installNative(PACKAGE_ROOT, part, folder)).toEqual({ path: join(folder, part), reason: '' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
