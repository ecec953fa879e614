import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { createApp } from './app.js';
import { createCallbacks } from './callbacks/callbacks.js';
import type { Settings } from './config.js';
import { createCompileCache } from './execution/compile-cache.js';
import { createJudge } from './execution/judge.js';
import { createSlotPool } from './execution/slots.js';
import { type LanguageCatalog, createCatalog } from './languages/catalog.js';
import { detectLanguages } from './languages/detect.js';
import type { LanguageSpec } from './languages/language.js';
import { LANGUAGES } from './languages/table.js';
import {
  COMMON_HEADERS,
  NO_HEADERS,
  type PrecompiledHeaders,
  precompileHeaders,
} from './languages/precompiled-headers.js';
import { PACKAGE_ROOT } from './package-root.js';
import { type PreparedSandbox, prepareSandbox } from './sandbox/prepare.js';
import { type WorkDir, openWorkDir } from './sandbox/work-dir.js';
import type { Parameters } from './submissions/parameters.js';
import { callbackBody } from './submissions/serialize.js';
import { createSubmissionService } from './submissions/service.js';
import { createSubmissionStore } from './submissions/store.js';
import type { Submission } from './submissions/submission.js';
import { validateSubmission } from './submissions/validate.js';
import type { EngineInfo } from './system/config-info.js';
import { createMetrics } from './system/metrics.js';
import { createStatistics } from './system/statistics.js';

/** Judge0's id of the C++ whose standard headers are precompiled. */
const CPP = 54;

export interface Engine {
  app: Express;
  info: EngineInfo;
  catalog: LanguageCatalog;
  /** Judges one submission without HTTP; throws what validation refuses. */
  judge: (input: Parameters) => Promise<Submission>;
  /** How many compiles the cache has saved and made. */
  compileStats: () => { hits: number; misses: number };
  /** Resolves when headers are precompiled or given up; the engine serves before. */
  headersReady: Promise<void>;
  /** Lets running submissions finish for at most `timeoutMs`, then removes everything from the host. */
  close: (timeoutMs: number) => Promise<void>;
}

/**
 * The whole engine, ready to serve; `commonHeaders` are kept compiled where the settings allow it.
 * @throws NoSandboxError with reason and cure when programs cannot be run safely here
 */
export async function createEngine(
  settings: Settings,
  log: Logger,
  commonHeaders: string[] = COMMON_HEADERS,
): Promise<Engine> {
  const workDir = openWorkDir(settings.WORK_DIR);
  try {
    const detected = await detectLanguages(chosenLanguages(settings), {
      copyFolder: workDir.folder('tools'),
      versionsFile: join(settings.WORK_DIR, 'versions.json'),
    });
    const prepared = await prepareSandbox(settings, workDir, detected, PACKAGE_ROOT);
    for (const note of prepared.notes) log.info({ note }, 'a better way to measure is not available');
    const catalog = createCatalog(detected.languages);
    const precompile = settings.PRECOMPILED_HEADERS && catalog.find(CPP)?.installed;
    const headers = precompile
      ? precompileHeaders(join(settings.WORK_DIR, 'headers'), commonHeaders, log)
      : NO_HEADERS;
    return assemble(settings, log, catalog, prepared, headers, workDir);
  } catch (error) {
    workDir.remove();
    throw error;
  }
}

/** All languages, or those whose ids the operator listed. */
function chosenLanguages({ LANGUAGES: ids }: Settings): LanguageSpec[] {
  return ids.length === 0 ? LANGUAGES : LANGUAGES.filter(({ id }) => ids.includes(String(id)));
}

function assemble(
  settings: Settings,
  log: Logger,
  catalog: LanguageCatalog,
  prepared: PreparedSandbox,
  headers: PrecompiledHeaders,
  workDir: WorkDir,
): Engine {
  const slots = createSlotPool(prepared.slots, settings.SLOTS, settings.RUN_SLOTS);
  const cache = createCompileCache(workDir.folder('compiled'), settings.COMPILE_CACHE_SIZE * 1024);
  const version = packageVersion();
  const metrics = createMetrics(catalog, { version, revision: settings.BUILD_REVISION });
  const statistics = createStatistics(catalog);
  const judge = createJudge({
    settings,
    catalog,
    sandbox: prepared.sandbox,
    slots,
    cache,
    headers,
    onTimed: metrics.timed,
  });
  const store = createSubmissionStore({
    count: settings.RESULTS_MAX,
    bytes: settings.RESULTS_MAX_SIZE * 1024,
    ageMs: settings.RESULTS_MAX_AGE * 1000,
  });
  const callbacks = createCallbacks(
    {
      maxTries: settings.CALLBACKS_MAX_TRIES,
      timeoutMs: settings.CALLBACKS_TIMEOUT * 1000,
      allowPrivate: settings.CALLBACKS_ALLOW_PRIVATE,
    },
    log,
    metrics.callback,
  );
  const onFinished = (submission: Submission) => {
    metrics.finished(submission);
    statistics.count(submission);
    const { callbackUrl } = submission.request;
    if (callbackUrl) callbacks.send(callbackUrl, callbackBody(submission, catalog));
  };
  const service = createSubmissionService({ settings, store, judge, log, onFinished });
  const engine: EngineInfo = {
    version,
    sandboxMode: prepared.mode,
    sandboxName: prepared.name,
    hasSeccomp: prepared.hasSeccomp,
    ownUidPerSlot: prepared.ownUidPerSlot,
    slots: slots.size,
  };
  metrics.observe({ service, slots, cache, headers, sandboxMode: prepared.mode });
  return {
    app: createApp({ settings, log, catalog, store, service, slots, engine, statistics, metrics }),
    info: engine,
    catalog,
    compileStats: cache.stats,
    headersReady: headers.ready,
    judge: async (input) => {
      const { request, errors } = validateSubmission(input, false, settings, catalog);
      if (errors) throw new TypeError(JSON.stringify(errors));
      const submission = service.submit(request);
      await service.finished(submission);
      return submission;
    },
    close: async (timeoutMs) => {
      headers.stop();
      await service.drain(timeoutMs);
      await headers.ready;
      await Promise.race([callbacks.idle(), sleep(timeoutMs, undefined, { ref: false })]);
      await prepared.close();
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
