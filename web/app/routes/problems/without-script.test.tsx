import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { renderToString } from 'react-dom/server';
import { problemDetail, problemLanguage } from '~/features/problems/problem-fixture';
import { workspaceElement } from './workspace-fixture';

const render = (over: Parameters<typeof workspaceElement>[0] = {}) => renderToString(workspaceElement(over));
const buttons = (html: string) => [...html.matchAll(/<button[^>]*name="intent"[^>]*>/g)].map(([tag]) => tag);

// The router of the stub warns of its own layout effects, which do nothing on a server.
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => void jest.restoreAllMocks());

const posted = {
  languageId: 54,
  sourceCode: 'int main() {}',
  stdin: 'own input',
  draft: null,
  run: null,
  failure: null,
};

describe('the form', () => {
  test('has the code, the language and both buttons, and needs no script', () => {
    const html = render();
    expect(html).toMatch(/<form[^>]*id="program"[^>]*method="post"/);
    expect(html).toMatch(/<textarea[^>]*name="sourceCode"[^>]*>\n?print\(\)/);
    expect(html).toMatch(/<select[^>]*name="languageId"/);
    expect(html).toMatch(/<textarea[^>]*name="stdin"/);
    expect(html).toContain('name="draftVersion"');
    const intents = buttons(html).map((tag) => /value="(\w+)"/.exec(tag)?.[1]);
    expect(intents).toEqual(expect.arrayContaining(['run', 'submit', 'switch', 'save']));
    for (const control of [...buttons(html), ...(html.match(/<(textarea|select)[^>]*>/g) ?? [])]) {
      expect(control).toContain('form="program"');
    }
  });

  test('has no style attribute, which the security policy would refuse', () => {
    expect(render()).not.toContain('style=');
  });

  test('has live buttons although no code is there yet: the page cannot see what is typed', () => {
    const problem = problemDetail({ languages: [problemLanguage({ starterCode: '' })] });
    const html = render({ problem });
    for (const tag of buttons(html)) expect(tag).not.toContain(' disabled=');
  });

  test('says why it cannot send when the server knows it', () => {
    const html = render({ problem: problemDetail({ judge: 'disabled' }) });
    expect(html).toContain('No judge is set up on this server');
    expect(
      buttons(html).filter((tag) => /value="(run|submit)"/.test(tag) && !tag.includes(' disabled=')),
    ).toEqual([]);
  });
});

describe('after it was sent', () => {
  test('the code, the language and the own input are as they were sent', () => {
    const html = render({ posted });
    expect(html).toContain('int main() {}');
    expect(html).toMatch(/<option[^>]*value="54"[^>]*selected/);
    expect(html).toContain('own input');
  });

  test('the results of a run are on the page', () => {
    const sample = {
      index: 0,
      status: 'wrong_answer' as const,
      timeMs: 5,
      memoryKb: 3000,
      input: '1 2',
      expected: '3\n',
      stdout: '4\n',
      stderr: '',
      message: null,
    };
    const value = { compileOutput: null, samples: [sample], own: null, ownFailure: null };
    const html = render({ posted: { ...posted, run: { ok: true, value } } });
    expect(html).toContain('0 of 1 samples passed');
    expect(html).toContain('diff-view');
  });

  test('a refusal is a sentence on the page', () => {
    const failure = {
      code: 'source_too_large' as const,
      detail: 'The program is larger than 64 KiB.',
      requestId: 'r',
      retryAfterSeconds: null,
    };
    expect(render({ posted: { ...posted, failure } })).toContain('The program is larger than 64 KiB.');
  });
});

test('the problems of the lesson are links with their states', () => {
  const html = render();
  expect(html).toMatch(
    /<a[^>]*aria-current="page"[^>]*href="\/problems\/sum-of-two"|href="\/problems\/sum-of-two"[^>]*aria-current="page"/,
  );
  expect(html).toContain('href="/problems/product"');
});
