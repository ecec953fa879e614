import type { LanguageCatalog } from '../languages/catalog.js';
import { STATUSES } from '../submissions/status.js';
import type { Submission } from '../submissions/submission.js';

const CACHE_MS = 10 * 60 * 1000;
const DAYS = 30;

/** Counts since the start of this engine; Judge0 counts the rows of its database. */
export interface Statistics {
  count: (submission: Submission) => void;
  /** The answer of /statistics, up to ten minutes old unless `fresh`. */
  report: (fresh: boolean) => object;
}

/** Empty statistics; `now` in ms since the epoch. */
export function createStatistics(catalog: LanguageCatalog, now: () => number = Date.now): Statistics {
  const byLanguage = new Map<number, number>();
  const byStatus = new Map<number, number>();
  const byDay = new Map<string, number>();
  let total = 0;
  let cached: { report: object; until: number } | null = null;
  const bump = <K>(counts: Map<K, number>, key: K) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const day = (daysAgo: number) => new Date(now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

  const build = () => {
    const lastDays = Array.from({ length: DAYS }, (_unused, index) => day(index + 1));
    for (const known of byDay.keys()) {
      if (known !== day(0) && !lastDays.includes(known)) byDay.delete(known);
    }
    const counted = (counts: Map<number, number>) => [...counts].sort(([, a], [, b]) => b - a);
    return {
      created_at: new Date(now()).toISOString().replace('Z', '+00:00'),
      cached_until: new Date(now() + CACHE_MS).toISOString().replace('Z', '+00:00'),
      submissions: {
        total,
        today: byDay.get(day(0)) ?? 0,
        last_30_days: Object.fromEntries(lastDays.map((date) => [date, byDay.get(date) ?? 0])),
      },
      languages: counted(byLanguage).map(([id, count]) => ({
        language: { id, name: catalog.nameOf(id) },
        count,
      })),
      statuses: counted(byStatus).map(([id, count]) => ({
        status: { id, name: STATUSES.find((status) => status.id === id)?.description },
        count,
      })),
      database: { size_pretty: '0 bytes', size_in_bytes: 0 },
    };
  };

  return {
    count: ({ request, result }) => {
      total++;
      bump(byLanguage, request.languageId);
      bump(byStatus, result.statusId);
      bump(byDay, day(0));
    },
    report: (fresh) => {
      if (fresh || !cached || cached.until <= now()) cached = { report: build(), until: now() + CACHE_MS };
      return cached.report;
    },
  };
}
