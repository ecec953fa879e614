import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { CompileCache } from '../execution/compile-cache.js';
import type { SlotPool } from '../execution/slots.js';
import type { LanguageCatalog } from '../languages/catalog.js';
import type { PrecompiledHeaders } from '../languages/precompiled-headers.js';
import type { Language } from '../languages/language.js';
import type { SubmissionService } from '../submissions/service.js';
import { STATUSES } from '../submissions/status.js';
import type { Submission } from '../submissions/submission.js';

/** 1 ms to 100 s: a C hello world to a compile that runs out of time. */
const SECONDS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100];

export interface Metrics {
  contentType: string;
  text: () => Promise<string>;
  timed: (kind: 'compile' | 'run', language: Language, seconds: number) => void;
  finished: (submission: Submission) => void;
  callback: (outcome: 'delivered' | 'failed' | 'refused') => void;
  /** Ties the gauges to what they show; before that they are absent. */
  observe: (sources: MetricSources) => void;
}

export interface MetricSources {
  service: SubmissionService;
  slots: SlotPool;
  cache: CompileCache;
  headers: PrecompiledHeaders;
  sandboxMode: string;
}

/** The engine's Prometheus metrics in a registry of their own. */
export function createMetrics(
  catalog: LanguageCatalog,
  build: { version: string; revision: string },
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'build_info',
    help: 'Always 1; the labels tell which build runs.',
    labelNames: ['program', 'version', 'revision'],
    registers,
  }).set({ program: 'engine', ...build }, 1);
  const submissions = new Counter({
    name: 'engine_submissions_total',
    help: 'Finished submissions by language and status.',
    labelNames: ['language', 'status'],
    registers,
  });
  const waited = new Histogram({
    name: 'engine_submission_seconds',
    help: 'Seconds from a submission to its verdict.',
    buckets: SECONDS,
    registers,
  });
  const seconds = new Histogram({
    name: 'engine_sandbox_seconds',
    help: 'Wall seconds of compiles and runs in the sandbox.',
    labelNames: ['kind', 'language'],
    buckets: SECONDS,
    registers,
  });
  const callbacks = new Counter({
    name: 'engine_callbacks_total',
    help: 'Callbacks by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const labelOf = (id: number) => catalog.find(id)?.spec.label ?? 'unknown';
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    timed: (kind, language, taken) => seconds.observe({ kind, language: language.spec.label }, taken),
    finished: ({ request, result, createdAt, finishedAt }) => {
      const known = STATUSES.find(({ id }) => id === result.statusId)?.description ?? 'unknown';
      // Not our failure, which alerts count.
      const status = result.limitHint === 'cancelled' ? 'Cancelled' : known;
      submissions.inc({ language: labelOf(request.languageId), status });
      waited.observe(((finishedAt?.getTime() ?? createdAt.getTime()) - createdAt.getTime()) / 1000);
    },
    callback: (outcome) => callbacks.inc({ outcome }),
    observe: (sources) => observe(sources, registers),
  };
}

function observe(sources: MetricSources, registers: Registry[]): void {
  const { service, slots, cache, headers, sandboxMode } = sources;
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('engine_queue_waiting', 'Submissions that wait for a slot.', () => service.queue().waiting);
  gauge(
    'engine_queue_oldest_seconds',
    'Age of the oldest waiting submission.',
    () => service.queue().oldestMs / 1000,
  );
  gauge('engine_slots', 'Slots for compiles and runs.', () => slots.size);
  gauge('engine_slots_busy', 'Slots in use.', () => slots.busy());
  gauge('engine_compile_cache_bytes', 'Bytes of compiled programs kept.', () => cache.stats().bytes);
  gauge(
    'engine_compile_cache_hits',
    'Compiles that the cache saved since the start.',
    () => cache.stats().hits,
  );
  gauge('engine_compile_cache_misses', 'Compiles made since the start.', () => cache.stats().misses);
  gauge(
    'engine_headers_pending',
    'C++ headers that are still being precompiled; until then programs that begin with them compile slower.',
    headers.pending,
  );
  new Gauge({
    name: 'engine_sandbox_info',
    help: 'Always 1; the label tells how runs are measured.',
    labelNames: ['mode'],
    registers,
  }).set({ mode: sandboxMode }, 1);
}
