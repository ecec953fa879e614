import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const css = readFileSync(path.join(__dirname, 'tokens.css'), 'utf8');
const root = css.slice(css.indexOf(':root {'), css.indexOf('@theme'));
const [lightBlock = '', darkBlock = ''] = root.split('@variant dark');
const tokens = (block: string) =>
  Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]));
const themes = { light: tokens(lightBlock), dark: tokens(darkBlock) };

/** Relative luminance as WCAG 2.2 defines it, from #rrggbb. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['paper', 'surface', 'sunken'];
const textPairs = [
  ...['ink', 'muted', 'accent', 'accent-strong', 'good', 'bad', 'warn'].flatMap((text) =>
    grounds.map((ground): [string, string] => [text, ground]),
  ),
  ...['keyword', 'string', 'number', 'title', 'comment'].flatMap((code) =>
    grounds.map((ground): [string, string] => [`code-${code}`, ground]),
  ),
  ...['good', 'bad', 'warn', 'accent'].flatMap((tone): [string, string][] => [
    [tone, `${tone}-soft`],
    ['ink', `${tone}-soft`],
    ['muted', `${tone}-soft`],
  ]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['paper', 'ink'],
] as [string, string][];

describe.each(Object.entries(themes))('%s theme', (_name, theme) => {
  const color = (token: string): string => {
    const hex = theme[token];
    if (!hex) throw new Error(`--${token} is not a #rrggbb color in this theme`);
    return hex;
  };

  test.each(textPairs)('%s on %s can be read', (text, ground) => {
    expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(grounds)('the border of a field can be seen on %s', (ground) => {
    expect(contrast(color('line-strong'), color(ground))).toBeGreaterThanOrEqual(3);
  });
});
