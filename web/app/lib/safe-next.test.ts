import { expect, test } from '@jest/globals';
import { safeNext, signInPath } from './safe-next';

test.each(['/', '/dashboard', '/courses/intro?tab=1#top', '/problems/a%20b'])(
  '%s is a path of this site',
  (path) => {
    expect(safeNext(path)).toBe(path);
  },
);

test.each([
  'https://evil.example/',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/..//evil.example',
  '/.//evil.example',
  ' /dashboard',
  'dashboard',
  'javascript:alert(1)',
  '',
  `/${'x'.repeat(3000)}`,
])('%j would leave it', (path) => {
  expect(safeNext(path)).toBe('/dashboard');
});

test('a missing one leads to the fallback', () => {
  expect(safeNext(null)).toBe('/dashboard');
  expect(safeNext(undefined, '/')).toBe('/');
});

test('the sign-in page leads back to the page that was asked for', () => {
  const request = new Request('http://localhost/courses/intro?lesson=2');
  expect(signInPath(request)).toBe('/login?next=%2Fcourses%2Fintro%3Flesson%3D2');
  expect(signInPath(new Request('http://localhost/dashboard'))).toBe('/login');
});
