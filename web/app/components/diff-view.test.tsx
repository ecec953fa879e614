/** @jest-environment <rootDir>/test/jsdom-environment.cjs */
import { afterEach, expect, test } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import { ClippedText } from './clipped-text';
import { DiffView } from './diff-view';

afterEach(cleanup);

const show = (left: string, right: string, ignoreTrailingBlanks = false) =>
  render(
    <DiffView
      left={left}
      right={right}
      leftName="Expected"
      rightName="Got"
      meaning="answer"
      ignoreTrailingBlanks={ignoreTrailingBlanks}
    />,
  ).container;
const marks = (container: HTMLElement) =>
  [...container.querySelectorAll('mark')].map((mark) => mark.textContent);

test('only the differing characters are marked, and each line says whose it is', () => {
  const container = show('Hello, Ada!\n', 'Hello Ada!\n');
  expect(marks(container)).toEqual([',']);
  expect(screen.getByText('Expected:', { exact: false, selector: '.sr-only' })).toBeTruthy();
});

test('blanks at a line’s end can be seen where they count', () => {
  expect(marks(show('x = 1\n', 'x = 1 \t\n'))).toEqual(['·→']);
});

test('blanks at a line’s end are no difference where the judge ignores them', () => {
  expect(marks(show('1\n2\n', '1 \n2', true))).toEqual([]);
});

test('a missing empty line and a missing line break at the end can be seen', () => {
  expect(marks(show('1\n\n2\n', '1\n2\n'))).toEqual(['↵']);
  expect(show('end\n', 'end').textContent).toContain('no line break at the end');
});

test('a line that differs as a whole is marked once, not letter by letter', () => {
  const container = show('Goodnight\n', '42\n');
  expect(marks(container)).toEqual([]);
  expect(container.querySelectorAll('[data-marked]')).toHaveLength(2);
});

test('long equal stretches fold, without script', () => {
  const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`);
  const container = show(lines.join('\n'), [...lines.slice(0, 29), 'other'].join('\n'));
  expect(container.querySelector('details > summary')?.textContent).toBe('26 equal lines');
});

test('a long output is clipped with a way to all of it', () => {
  const text = Array.from({ length: 500 }, (_, i) => `${i}`).join('\n');
  const { container } = render(<ClippedText name="Output" text={text} />);
  expect(container.querySelector('pre')?.textContent?.split('\n')).toHaveLength(24);
  expect(container.querySelector('summary')?.textContent).toContain('Show all (500 lines');
  const all = [...container.querySelectorAll('pre')].map((pre) => pre.textContent).join('\n');
  expect(all).toBe(text);
});

test('one endless line is clipped, too; a short text is not', () => {
  const long = render(<ClippedText name="Output" text={'a'.repeat(60_000)} />).container;
  expect(long.querySelector('pre')?.textContent).toHaveLength(4000);
  const short = render(<ClippedText name="Input" text={'1\n2\n'} />).container;
  expect(short.querySelector('details')).toBeNull();
});

test('a line of 300 kB is clipped around what differs, with a way to all of it', () => {
  const long = 'a'.repeat(300_000);
  const container = show(`${long}b\n`, `${long}c\n`, true);
  const shown = [...container.querySelectorAll('.diff-text')].map((text) =>
    [...text.childNodes]
      .filter((node) => !(node instanceof HTMLDetailsElement))
      .map((node) => node.textContent)
      .join(''),
  );
  for (const text of shown) expect(text.length).toBeLessThan(1000);
  expect(container.querySelector('details.diff-whole > summary')?.textContent).toBe(
    'Show all (300,001 characters)',
  );
});

test('of many lines that differ the first are shown, and the others on asking', () => {
  const lines = (name: string) => Array.from({ length: 500 }, (_, i) => `${name} ${i}`).join('\n');
  const container = show(lines('left'), lines('right'), true);
  const all = [...container.querySelectorAll('.diff-row')];
  expect(all).toHaveLength(500);
  expect(all.filter((row) => !row.closest('details'))).toHaveLength(60);
  expect(container.querySelector('.diff-body > details > summary')?.textContent).toBe(
    'Show all (440 more lines)',
  );
});

test('long lines of an input wrap, those of an output keep their shape', () => {
  const block = (wrap: boolean) =>
    render(<ClippedText name="Input" text={'1 '.repeat(300)} wrap={wrap} />).container.querySelector('pre');
  expect(block(true)?.className).toContain('whitespace-pre-wrap');
  expect(block(false)?.className).not.toContain('whitespace-pre-wrap');
});
