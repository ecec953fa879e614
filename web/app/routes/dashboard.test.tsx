/** @jest-environment <rootDir>/test/jsdom-environment.cjs */
import type { Role } from '@coding-platform/api/schema/auth';
import { afterEach, expect, test } from '@jest/globals';
import { createRemixStub } from '@remix-run/testing';
import { cleanup, render, screen, within } from '@testing-library/react';
import DashboardPage from './dashboard';

afterEach(cleanup);

/** The first page of somebody in no course; answers what stands where courses would. */
async function showCourses(role: Role) {
  const data = {
    courses: [],
    next: null,
    recentSubmissions: [],
    code: '',
    organizationName: 'A school',
    role,
  };
  const Stub = createRemixStub([{ path: '/dashboard', Component: DashboardPage, loader: () => data }]);
  render(<Stub initialEntries={['/dashboard']} />);
  return within(await screen.findByRole('region', { name: 'My courses' }));
}

test('an instructor without a course reads how one comes to them, and is not asked to join one', async () => {
  const courses = await showCourses('instructor');
  expect(courses.queryByText('Welcome')).not.toBeNull();
  courses.getByText(/once your administrator assigns one to you, it is listed here/i);
  expect(courses.getByRole('link', { name: 'Complete your account' }).getAttribute('href')).toBe('/account');
  expect(courses.queryByRole('textbox')).toBeNull();
  expect(courses.queryByRole('button')).toBeNull();
  expect(courses.queryByText(/your teacher gave you/)).toBeNull();
});

test('an administrator without a course is led to Administration', async () => {
  const courses = await showCourses('admin');
  expect(courses.getByRole('link', { name: 'Go to Administration' }).getAttribute('href')).toBe('/admin');
  expect(courses.queryByRole('textbox')).toBeNull();
});

test('a learner without a course joins one with a code', async () => {
  const courses = await showCourses('student');
  courses.getByText('Join one with the code that your teacher gave you.');
  courses.getByRole('textbox', { name: /code/i });
});
