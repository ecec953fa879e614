import { expect, test } from '@jest/globals';
import { highlightCode } from './highlight-code.server';

test('code is highlighted in its language', async () => {
  expect(await highlightCode('def f():\n    return 1', 'Python')).toContain('hljs-keyword');
});

test('code with fences, HTML and math stays code', async () => {
  const html = await highlightCode('```\n<script>alert(1)</script>\n````\n$x$', 'Bash');
  expect(html).not.toContain('<script>');
  expect(html.match(/<pre/g)).toHaveLength(1);
  expect(html).toContain('$x$');
});

test('a language without a highlighter is plain', async () => {
  expect(await highlightCode('x', 'Language 99')).toContain('<pre');
});
