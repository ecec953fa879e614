import { expect, test } from '@jest/globals';
import { createLogLines } from '../../test/log-lines.js';

test('secrets and source code are hidden in a line, at the depths that our objects have', () => {
  const { logger, lines, text } = createLogLines();
  const secrets = { password: 'p-secret', accessToken: 'a-secret', sourceCode: 's-secret', name: 'shown' };
  logger.info({ ...secrets, body: secrets, deep: { body: secrets, deeper: { body: secrets } } }, 'a line');
  expect(text()).not.toContain('-secret');
  expect(lines()[0]).toMatchObject({
    password: '[hidden]',
    name: 'shown',
    deep: { deeper: { body: { name: 'shown' } } },
  });
});

test('an error is written with its cause, and without the key that a request carried', () => {
  const { logger, text } = createLogLines();
  const cause = Object.assign(new Error('the cause'), {
    config: { headers: { 'x-auth-token': 'k-secret' } },
  });
  logger.error({ err: new Error('what failed', { cause }) });
  logger.error({ err: cause });
  expect(text()).toContain('the cause');
  expect(text()).not.toContain('-secret');
});
