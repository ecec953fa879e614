import { expect, test } from '@jest/globals';
import { maySendChange } from './same-origin';

const appUrl = 'https://code.school.example';
const post = { method: 'POST', host: 'code.school.example', origin: undefined, fetchSite: undefined };

test.each([
  ['reading', { ...post, method: 'GET', origin: 'https://evil.example', fetchSite: 'cross-site' }],
  ["the site's own page", { ...post, origin: appUrl, fetchSite: 'same-origin' }],
  ['an older browser that only sends Origin', { ...post, origin: appUrl }],
  ['the host behind its proxy', { ...post, host: '127.0.0.1:3000', origin: appUrl }],
  ['the address in the local network', { ...post, host: '10.0.0.5:3000', origin: 'http://10.0.0.5:3000' }],
])('%s may', (_who, asked) => {
  expect(maySendChange(asked, appUrl)).toBe(true);
});

test.each([
  ['another site', { ...post, origin: 'https://evil.example', fetchSite: 'cross-site' }],
  ['another site in an older browser', { ...post, origin: 'https://evil.example' }],
  ['a sibling domain', { ...post, origin: 'https://blog.school.example', fetchSite: 'same-site' }],
  ['a sandboxed frame', { ...post, origin: 'null' }],
  ['nobody in particular', post],
  ['a sent form that claims to be typed', { ...post, fetchSite: 'none' }],
  ['DELETE from another site', { ...post, method: 'DELETE', origin: 'https://evil.example' }],
])('%s may not', (_who, asked) => {
  expect(maySendChange(asked, appUrl)).toBe(false);
});
