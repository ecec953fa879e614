import type { Health } from '@coding-platform/api/schema/health';
import { describe, expect, test } from '@jest/globals';
import type { Outcome } from '~/lib/outcome';
import { isDown, nextSteady, startSteady, unsure } from './steady-health';

const health = (redis: 'healthy' | 'unhealthy'): Outcome<Health> => {
  const checks = { database: 'healthy', redis };
  return { ok: true, value: { status: redis, checks } as unknown as Health };
};
const missed: Outcome<Health> = {
  ok: false,
  failure: { code: 'restarting', detail: 'd', requestId: null, retryAfterSeconds: null },
};

describe('a component', () => {
  test('is down from its second failure in a row, and well after one good look', () => {
    const first = nextSteady(startSteady(health('healthy')), health('unhealthy'));
    expect([isDown(first), unsure(first)]).toEqual([false, ['redis']]);
    const second = nextSteady(first, health('unhealthy'));
    expect([isDown(second), unsure(second)]).toEqual([true, []]);
    const third = nextSteady(second, health('healthy'));
    expect([isDown(third), unsure(third)]).toEqual([false, []]);
    expect(isDown(nextSteady(third, health('unhealthy')))).toBe(false);
  });

  test('that fails at the first look is not down yet', () => {
    const first = startSteady(health('unhealthy'));
    expect([isDown(first), unsure(first)]).toEqual([false, ['redis']]);
    expect(isDown(nextSteady(first, health('unhealthy')))).toBe(true);
  });
});

test('an api that is missed once leaves what was known; twice, it is down', () => {
  const once = nextSteady(startSteady(health('healthy')), missed);
  expect([isDown(once), once.outcome.ok]).toEqual([false, true]);
  const twice = nextSteady(once, missed);
  expect([isDown(twice), twice.outcome.ok]).toEqual([true, false]);
  expect(isDown(nextSteady(twice, health('healthy')))).toBe(false);
});
