import { useEffect, useRef } from 'react';
import { classNames } from '~/lib/class-names';

const addCopyButton = (block: HTMLPreElement): void => {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'prose-copy';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', 'Copy this code');
  const text = block.textContent ?? '';
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(text).then(() => {
      button.textContent = 'Copied';
      setTimeout(() => (button.textContent = 'Copy'), 2_000);
    });
  });
  const frame = document.createElement('div');
  frame.className = 'prose-code';
  block.replaceWith(frame);
  frame.append(block, button);
};

/**
 * Shows what renderMarkdown (lib/markdown.server) made; `html` from anywhere else would be a hole. With script its code
 * can be copied.
 */
export function Markdown({ html, className }: { html: string; className?: string }) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!('clipboard' in navigator)) return;
    for (const block of root.current?.querySelectorAll('pre') ?? []) {
      if (!block.closest('.prose-code')) addCopyButton(block);
    }
  }, [html]);
  return (
    <div ref={root} className={classNames('prose', className)} dangerouslySetInnerHTML={{ __html: html }} />
  );
}
