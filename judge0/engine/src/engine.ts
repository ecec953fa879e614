import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { createApp } from './app.js';
import type { Settings } from './config.js';
import { createCompileCache } from './execution/compile-cache.js';
import { createJudge } from './execution/judge.js';
import { createSlotPool } from './execution/slots.js';
import { type LanguageCatalog, createCatalog } from './languages/catalog.js';
import { detectLanguages } from './languages/detect.js';
import { LANGUAGES } from './languages/table.js';
import { PACKAGE_ROOT } from './package-root.js';
import { type PreparedSandbox, prepareSandbox } from './sandbox/prepare.js';
import { type WorkDir, openWorkDir } from './sandbox/work-dir.js';
import { createSubmissionService } from './submissions/service.js';
import { createSubmissionStore } from './submissions/store.js';
import type { EngineInfo } from './system/config-info.js';

export interface Engine {
  app: Express;
  info: EngineInfo;
  catalog: LanguageCatalog;
  /** How many compiles the cache has saved and made. */
  compileStats: () => { hits: number; misses: number };
  /** Lets running submissions finish for at most `timeoutMs`, then removes everything from the host. */
  close: (timeoutMs: number) => Promise<void>;
}

/**
 * The whole engine, ready to serve.
 * @throws NoSandboxError with reason and cure when programs cannot be run safely here
 */
export async function createEngine(settings: Settings, log: Logger): Promise<Engine> {
  const workDir = openWorkDir(settings.WORK_DIR);
  try {
    const detected = await detectLanguages(LANGUAGES, workDir.folder('tools'));
    const prepared = await prepareSandbox(settings, workDir, detected, PACKAGE_ROOT);
    for (const note of prepared.notes) log.info({ note }, 'a better way to measure is not available');
    return assemble(settings, log, createCatalog(detected.languages), prepared, workDir);
  } catch (error) {
    workDir.remove();
    throw error;
  }
}

function assemble(
  settings: Settings,
  log: Logger,
  catalog: LanguageCatalog,
  prepared: PreparedSandbox,
  workDir: WorkDir,
): Engine {
  const slots = createSlotPool(prepared.slots);
  const cache = createCompileCache(workDir.folder('compiled'), settings.COMPILE_CACHE_SIZE * 1024);
  const judge = createJudge({ settings, catalog, sandbox: prepared.sandbox, slots, cache });
  const store = createSubmissionStore({
    count: settings.RESULTS_MAX,
    bytes: settings.RESULTS_MAX_SIZE * 1024,
    ageMs: settings.RESULTS_MAX_AGE * 1000,
  });
  const service = createSubmissionService({ settings, store, judge, log, onFinished: () => undefined });
  const engine: EngineInfo = {
    version: packageVersion(),
    sandboxMode: prepared.mode,
    hasSeccomp: prepared.hasSeccomp,
    ownUidPerSlot: prepared.ownUidPerSlot,
    slots: slots.size,
  };
  return {
    app: createApp({ settings, log, catalog, store, service, slots, engine }),
    info: engine,
    catalog,
    compileStats: cache.stats,
    close: async (timeoutMs) => {
      await service.drain(timeoutMs);
      prepared.close();
      workDir.remove();
    },
  };
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
