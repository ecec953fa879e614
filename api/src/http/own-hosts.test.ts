import { expect, test } from '@jest/globals';
import request from 'supertest';
import { createTestApp } from '../../test/running-app.js';

const app = createTestApp({ appUrl: 'https://code.school.example', apiUrl: 'http://api:4000' });
const statusFor = async (host: string, path = '/api/auth/registration'): Promise<number> =>
  (await request(app).get(path).set('Host', host)).status;

test.each([
  'code.school.example',
  'code.school.example:443',
  'Code.School.Example',
  'api:4000',
  'localhost:4000',
  '127.0.0.1:4000',
  '10.0.0.7',
  '[::1]:4000',
])('the api answers as %s', async (host) => {
  expect(await statusFor(host)).toBe(200);
});

test.each([
  'rebound.evil.example',
  'code.school.example.evil.example',
  '127.0.0.1.nip.io',
  'api.evil.example',
  'a/b',
])('the api does not answer as %s', async (host) => {
  const answer = await request(app).get('/api/auth/registration').set('Host', host);
  expect([answer.status, answer.body.code]).toEqual([421, 'wrong_host']);
});

test('probes ask by whatever name their network has', async () => {
  expect(await statusFor('coding-platform-api.namespace.svc.cluster.local', '/api/ready')).toBe(200);
  expect(await statusFor('coding-platform-api.namespace.svc.cluster.local', '/api/health')).toBe(200);
});

test('no cache keeps an answer, except the files of the documentation', async () => {
  for (const path of ['/api/auth/registration', '/api/me', '/api/nothing', '/api/health']) {
    const { headers } = await request(app).get(path);
    expect([path, headers['cache-control']]).toEqual([path, 'no-store']);
  }
  const file = await request(app).get('/api/docs/swagger-ui.css');
  expect(file.headers['cache-control']).toContain('max-age=86400');
});
