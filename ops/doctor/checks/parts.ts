import { ok, problem, skipped, warning, type Check } from '../check.js';

const cures: Record<string, string> = {
  database: 'Read why: make logs SERVICE=rest, and SERVICE=db',
  redis: 'Read why: make logs SERVICE=redis. Until then each process counts limits for itself.',
  judge0:
    'Read why: make logs SERVICE=engine (or judge0-server, judge0-workers). Submissions wait meanwhile.',
  mail: 'Check MAILJET_API_KEY and MAILJET_API_SECRET, or SMTP_URL, in .env, then: make up',
  storage: 'Read why: make logs SERVICE=storage',
};

export const parts: Check = {
  id: 'parts',
  title: 'Parts as the api sees them',
  section: 'stack',
  run: async ({ diagnosis }) => {
    const found = await diagnosis();
    if (!found) return skipped('the api does not run, or is of a version that cannot tell');
    const checks = Object.entries(found.checks);
    const away = checks.filter(([, { status }]) => status === 'unhealthy');
    const [first] = away;
    if (first) {
      const detail = away.map(([name, { reason }]) => `${name}: ${reason ?? 'unhealthy'}`).join('; ');
      return problem(detail, cures[first[0]] ?? 'Read why: make logs SERVICE=api');
    }
    const partly = checks.flatMap(([name, { pieces }]) =>
      pieces
        .filter(({ status }) => status === 'unhealthy')
        .map((piece) => `${name} ${piece.name}: ${piece.reason ?? 'does not answer'}`),
    );
    if (partly.length > 0) {
      return warning(
        `${partly.join('; ')}. The others of its kind do its work.`,
        'On its machine: docker compose ps; from here: is its address in JUDGE0_API_URL right, and the way open?',
      );
    }
    const off = checks.filter(([, { status }]) => status === 'disabled').map(([name]) => name);
    if (off.includes('mail')) {
      return warning(
        'no mails are sent: links stand in Administration > Mail, to be handed over',
        'Type: make setup MAIL=mailjet (or MAIL=smtp), then make up',
      );
    }
    return ok(`all answer${off.length > 0 ? `; switched off: ${off.join(', ')}` : ''}`);
  },
};
