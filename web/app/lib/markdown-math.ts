import type { Node } from './markdown-node';

/**
 * Browsers' MathML (Core) knows no columnalign and no rowlines: an aligned equation would be centered column by column
 * and the line of a sum would be missing. This turns both into class names that prose.css knows.
 */
export function layOutMathTable(table: Node): void {
  const aligns = words(table, 'columnAlign');
  const lines = words(table, 'rowLines');
  const rows = (table.children ?? []).filter((child) => child.tagName === 'mtr');
  rows.forEach((row, rowIndex) => {
    const line = lines[rowIndex];
    if (line === 'solid' || line === 'dashed') addClass(row, `line-${line}`);
    const cells = (row.children ?? []).filter((child) => child.tagName === 'mtd');
    cells.forEach((cell, columnIndex) => {
      const align = aligns[columnIndex] ?? aligns.at(-1);
      if (align === 'left' || align === 'right') addClass(cell, `align-${align}`);
    });
  });
}

function words(node: Node, name: string): string[] {
  const value = node.properties?.[name] ?? node.properties?.[name.toLowerCase()];
  return typeof value === 'string' ? value.split(' ') : [];
}

function addClass(node: Node, className: string): void {
  node.properties = { ...node.properties, className: [className] };
}
