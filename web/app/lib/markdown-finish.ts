import { layOutMathTable } from './markdown-math';
import type { Node } from './markdown-node';

export interface Heading {
  id: string;
  text: string;
  level: number;
}

/**
 * A unified plugin for the tree that is about to be written: headings start at h2 (the page has its h1) and get ids,
 * tables and code can be scrolled with the keyboard, links to elsewhere say so. Puts the headings into `file.data`.
 */
export function finishDocument() {
  return (tree: Node, file: { data: Record<string, unknown> }): void => {
    const headings: Heading[] = [];
    const used = new Set<string>();
    const shift = contains(tree, 'h1') ? 1 : 0;
    visit(tree, (node) => {
      const level = headingLevel(node);
      if (level && node.properties?.['id'] !== 'footnote-label') {
        const text = textOf(node).trim();
        const id = uniqueId(text, used);
        const shown = Math.min(level + shift, 6);
        node.tagName = `h${shown}`;
        node.properties = { ...node.properties, id };
        if (shown <= 3) headings.push({ id, text, level: shown });
      }
      if (node.tagName === 'pre') node.properties = { ...node.properties, tabIndex: 0 };
      if (node.tagName === 'a') markForeign(node);
      if (node.tagName === 'mtable') layOutMathTable(node);
      if (node.tagName === 'table') wrap(node);
    });
    file.data['headings'] = headings;
  };
}

function visit(node: Node, act: (node: Node) => void): void {
  // A copy: wrapping a table changes the children under way.
  for (const child of [...(node.children ?? [])]) visit(child, act);
  act(node);
}

function contains(node: Node, tagName: string): boolean {
  return node.tagName === tagName || (node.children ?? []).some((child) => contains(child, tagName));
}

function headingLevel(node: Node): number {
  return /^h[1-6]$/.test(node.tagName ?? '') ? Number(node.tagName?.[1]) : 0;
}

function textOf(node: Node): string {
  // The TeX source that goes with a formula would be read out twice.
  if (node.tagName === 'annotation') return '';
  return node.type === 'text' ? (node.value ?? '') : (node.children ?? []).map(textOf).join('');
}

function uniqueId(text: string, used: Set<string>): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const base = `section-${words.join('-') || 'untitled'}`;
  let id = base;
  for (let number = 2; used.has(id); number += 1) id = `${base}-${number}`;
  used.add(id);
  return id;
}

function markForeign(node: Node): void {
  const href = node.properties?.['href'];
  if (typeof href !== 'string' || !/^(https?:)?\/\//i.test(href)) return;
  node.properties = { ...node.properties, rel: ['noopener', 'noreferrer'] };
}

function wrap(table: Node): void {
  const inner: Node = { ...table };
  table.tagName = 'div';
  table.properties = { className: ['table'], tabIndex: 0 };
  table.children = [inner];
}
