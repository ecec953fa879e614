import { describe, expect, test } from '@jest/globals';
import { renderDocument, renderMarkdown } from './markdown.server';

describe('what a teacher writes', () => {
  test('code is highlighted', async () => {
    const html = await renderMarkdown('```python\nfor i in range(3):\n    print("x", i)\n```');
    expect(html).toContain('<code class="hljs language-python">');
    expect(html).toContain('<span class="hljs-keyword">for</span>');
    expect(html).toContain('<span class="hljs-string">"x"</span>');
    expect(html).toContain('<pre tabindex="0">');
  });

  test('math becomes MathML, without styles that the content security policy would refuse', async () => {
    const html = await renderMarkdown(
      'Inline $a^2 + \\frac{1}{n}$ and\n\n$$\n\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}\n$$\n',
    );
    expect(html).toContain('<mfrac>');
    expect(html).toContain('display="block"');
    expect(html).toContain('<munderover>');
    expect(html).not.toContain('style=');
  });

  test('aligned equations and lines in a table survive, though browsers know no attributes for them', async () => {
    const aligned = await renderMarkdown('$$\n\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}\n$$');
    expect(aligned).toContain('<mtd class="align-right">');
    expect(aligned).toContain('<mtd class="align-left">');
    const sum = await renderMarkdown('$$\n\\begin{array}{cc} 1 & 2 \\\\ \\hline 6 & 6 \\end{array}\n$$');
    expect(sum.match(/<mtr[^>]*>/g)).toEqual(['<mtr class="line-solid">', '<mtr>']);
  });

  test('a wrong formula shows its source and breaks nothing', async () => {
    const html = await renderMarkdown('Before $\\frac{1$ after');
    expect(html).toContain('\\frac{1');
    expect(html).toContain('after');
    expect(html).not.toContain('style=');
  });

  test('tables can be scrolled with the keyboard', async () => {
    const html = await renderMarkdown('| a | b |\n|---|---|\n| 1 | 2 |');
    expect(html).toContain('<div class="table" tabindex="0"><table>');
  });

  test('footnotes lead to their notes and back', async () => {
    const html = await renderMarkdown('A claim[^1].\n\n[^1]: The proof.');
    const target = /href="#(user-content-fn-1)"/.exec(html)?.[1];
    expect(html).toContain(`id="${target}"`);
  });

  test('headings start below the h1 of the page, have ids of their own and make a table of contents', async () => {
    const { html, headings } = await renderDocument(
      '# Loops\n\n## The `for` loop\n\n### Deep\n\n## The for loop',
    );
    expect(html).toContain('<h2 id="section-loops">Loops</h2>');
    expect(headings).toEqual([
      { id: 'section-loops', text: 'Loops', level: 2 },
      { id: 'section-the-for-loop', text: 'The for loop', level: 3 },
      { id: 'section-the-for-loop-2', text: 'The for loop', level: 3 },
    ]);
    expect(html).toContain('<h4 id="section-deep">');
  });

  test('headings that start at h2 stay where they are', async () => {
    const { headings } = await renderDocument('## One\n\n### Two');
    expect(headings.map(({ level }) => level)).toEqual([2, 3]);
  });

  test('the same text is rendered once', () => {
    expect(renderDocument('again')).toBe(renderDocument('again'));
  });
});

describe('what an attacker writes', () => {
  test.each([
    ['a script element', '<script>alert(1)</script>'],
    ['an event handler', '<img src=x onerror="alert(1)">'],
    ['a frame', '<iframe src="https://evil.example"></iframe>'],
    ['a javascript: link', '[click](javascript:alert(1))'],
    ['a javascript: link in disguise', '[click](java\tscript:alert(1))'],
    ['a data: link', '[click](data:text/html,<script>alert(1)</script>)'],
    ['a javascript: image', '![x](javascript:alert(1))'],
    ['a link inside a formula', '$\\href{javascript:alert(1)}{x}$'],
    ['an attribute inside a formula', '$\\htmlData{x=1}{x}$ $\\htmlStyle{color:red}{y}$'],
    ['a style', '<p style="position:fixed">x</p>'],
    ['a class name from a code fence', '```"onmouseover=alert(1)\nx\n```'],
  ])('%s has no effect', async (_what, source) => {
    const html = await renderMarkdown(source);
    expect(html).not.toMatch(
      /<script|<iframe|<[^>]*\son\w+=|href="(javascript|data):|src="javascript|style=/i,
    );
  });

  test('a link to elsewhere cannot reach back', async () => {
    expect(await renderMarkdown('[x](https://elsewhere.example)')).toContain('rel="noopener noreferrer"');
    expect(await renderMarkdown('[x](/courses/intro)')).not.toContain('rel=');
  });
});
