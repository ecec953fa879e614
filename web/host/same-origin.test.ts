import { expect, test } from '@jest/globals';
import { isOurHost, maySendChange } from './same-origin';

const appUrl = 'https://code.school.example';
const post = { method: 'POST', host: 'code.school.example', origin: undefined, fetchSite: undefined };

test.each([
  ['reading', { ...post, method: 'GET', origin: 'https://evil.example', fetchSite: 'cross-site' }],
  ["the site's own page", { ...post, origin: appUrl, fetchSite: 'same-origin' }],
  ['an older browser that only sends Origin', { ...post, origin: appUrl }],
  ['the host behind its proxy', { ...post, host: '127.0.0.1:3000', origin: appUrl }],
  ['the machine itself', { ...post, host: 'localhost:3000', origin: 'http://localhost:3000' }],
  ['the machine itself by address', { ...post, host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' }],
  ['the machine itself by IPv6', { ...post, host: '[::1]:3000', origin: 'http://[::1]:3000' }],
])('%s may', (_who, asked) => {
  expect(maySendChange(asked, appUrl)).toBe(true);
});

test.each([
  ['another site', { ...post, origin: 'https://evil.example', fetchSite: 'cross-site' }],
  ['another site in an older browser', { ...post, origin: 'https://evil.example' }],
  ['a sibling domain', { ...post, origin: 'https://blog.school.example', fetchSite: 'same-site' }],
  ["the site's own name over plain http", { ...post, origin: 'http://code.school.example' }],
  [
    'the same, which the browser calls its own',
    { ...post, origin: 'http://code.school.example', fetchSite: 'same-origin' },
  ],
  ["another port of the site's own name", { ...post, origin: 'https://code.school.example:8443' }],
  [
    'a name that leads here',
    { ...post, host: 'rebound.evil.example', origin: 'http://rebound.evil.example' },
  ],
  ['another site through localhost', { ...post, host: 'localhost:3000', origin: 'http://localhost:8080' }],
  ['a sandboxed frame', { ...post, origin: 'null' }],
  ['nobody in particular', post],
  ['a sent form that claims to be typed', { ...post, fetchSite: 'none' }],
  ['DELETE from another site', { ...post, method: 'DELETE', origin: 'https://evil.example' }],
])('%s may not', (_who, asked) => {
  expect(maySendChange(asked, appUrl)).toBe(false);
});

test.each([
  ['code.school.example', true],
  ['code.school.example:443', true],
  ['CODE.school.example', true],
  ['code.school.example.', true],
  ['localhost:3000', true],
  ['127.0.0.1:3000', true],
  ['10.0.0.5:3000', true],
  ['[::1]:3000', true],
  ['[fd00::5]', true],
  ['rebound.evil.example', false],
  ['code.school.example.evil.example', false],
  ['localhost.evil.example', false],
  ['127.0.0.1.nip.io', false],
  ['a@code.school.example', false],
  ['code.school.example/x', false],
  ['', false],
  [undefined, false],
])('the host %s is ours: %s', (host, ours) => {
  expect(isOurHost(host, appUrl)).toBe(ours);
});
