import { describe, expect, test } from '@jest/globals';
import { createAllowanceRelay, fewLeft, readAllowance } from './allowance';

const fields = (remaining: number, resetSeconds = 20) =>
  new Headers({
    'RateLimit-Policy': '"execution";q=10;w=60',
    RateLimit: `"execution";r=${remaining};t=${resetSeconds}`,
  });
const allowance = (remaining: number) => ({ remaining, resetSeconds: 20, limit: 10, windowSeconds: 60 });

describe('reading', () => {
  test('the fields of the api', () => {
    expect(readAllowance(fields(7))).toEqual(allowance(7));
  });

  test('an answer that was not counted says nothing', () => {
    expect(readAllowance(new Headers())).toBeNull();
    expect(readAllowance(new Headers({ RateLimit: 'something else' }))).toBeNull();
  });
});

describe('handing on', () => {
  test('of several answers the one with the fewest left, whatever their order', () => {
    const relay = createAllowanceRelay();
    relay.note(fields(4));
    relay.note(fields(3));
    relay.note(new Headers());
    relay.note(fields(5));
    expect(readAllowance(new Headers(relay.fields()))?.remaining).toBe(3);
  });

  test('nothing when no answer was counted', () => {
    const relay = createAllowanceRelay();
    relay.note(new Headers());
    expect(relay.fields()).toEqual({});
  });
});

describe('what is left', () => {
  test.each([
    ['many are not worth a word', 4, 0, null],
    ['few are', 3, 0, 3],
    ['none is', 0, 19, 0],
    ['the next one is back at its time', 0, 20, 1],
    ['with it they may be many again', 3, 20, null],
    ['after a window all are back', 1, 60, null],
  ])('%s', (_name, remaining, elapsed, left) => {
    expect(fewLeft(allowance(remaining), elapsed)).toBe(left);
  });

  test('a limit of two is not told of while both are left', () => {
    expect(fewLeft({ ...allowance(1), limit: 2 }, 0)).toBe(1);
    expect(fewLeft({ ...allowance(2), limit: 2 }, 0)).toBeNull();
  });
});
