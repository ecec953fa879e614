import { expect, test } from '@jest/globals';
import { replaceCookies } from './cookie-header';
import { requestIdFrom } from './request-id';

test('the id of a proxy is kept when it looks like one', () => {
  expect(requestIdFrom('3f2a9c1e-77aa-4d0b-9f64-0a1b2c3d4e5f')).toBe('3f2a9c1e-77aa-4d0b-9f64-0a1b2c3d4e5f');
});

test.each([
  undefined,
  '',
  'short',
  'x'.repeat(65),
  'line\nbreak-in-a-log',
  '<script>alert(1)</script>',
  ['a', 'b'],
])('%j gets a new id', (header) => {
  expect(requestIdFrom(header)).toMatch(/^[0-9a-f-]{36}$/);
});

test('set cookies replace those of the request', () => {
  const header = replaceCookies('theme=dark; session=old', [
    'session=new; Path=/; HttpOnly',
    'notice=x; Path=/',
  ]);
  expect(header).toBe('theme=dark; session=new; notice=x');
});

test('a cleared cookie is gone and = in a value stays', () => {
  expect(replaceCookies('session=old; a=b==', ['session=; Expires=Thu, 01 Jan 1970'])).toBe('a=b==');
});
